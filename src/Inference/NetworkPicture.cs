using System.Globalization;
using System.Xml;
using GanPipeline.Primitives;

namespace GanPipeline.Inference;

/// <summary>Draws a network as an SVG picture: a box a layer from top to bottom, with shape and parameter count, and a line for each value that
/// flows.</summary>
internal static class NetworkPicture
{
    private const int BoxWidth = 420, BoxHeight = 40, Step = 60, Margin = 20, LaneWidth = 14;
    private const string Space = "http://www.w3.org/2000/svg";

    /// <summary>Writes the picture of <paramref name="network"/> to <paramref name="path"/>, at once or not at all.</summary>
    /// <exception cref="UserErrorException">The file cannot be written.</exception>
    public static void Write(string path, NetworkGraph network) => AtomicFile.Write(path, stream =>
    {
        var boxes = network.Inputs.Select(input => new NetworkLayer(input.Name, "input", [], input.Shape, 0)).Concat(network.Layers).ToList();
        var lines = Lines(boxes);
        var lanes = lines.Select(line => line.Lane + 1).DefaultIfEmpty(0).Max();
        using var xml = XmlWriter.Create(stream, new XmlWriterSettings { Indent = true });
        var (width, height) = (2 * Margin + BoxWidth + lanes * LaneWidth, 2 * Margin + boxes.Count * Step);
        Start(xml, "svg", ("width", width), ("height", height), ("viewBox", $"0 0 {width} {height}"), ("font-family", "sans-serif"), ("font-size", 13));
        Element(xml, "rect", ("width", width), ("height", height), ("fill", "white"));
        foreach (var (from, to, lane) in lines)
        {
            // To the next box straight down; past other boxes along a lane on the right.
            var (top, bottom, x) = (Margin + from * Step + BoxHeight, Margin + to * Step, Margin + BoxWidth / 2);
            var side = Margin + BoxWidth + (lane + 1) * LaneWidth - LaneWidth / 2;
            var edge = Margin + BoxWidth;
            var route = lane < 0
                ? $"M{x},{top} V{bottom}"
                : $"M{edge},{top - BoxHeight / 2} H{side} V{bottom + BoxHeight / 2} H{edge}";
            Element(xml, "path", ("d", route), ("stroke", "#555"), ("fill", "none"));
        }

        for (var i = 0; i < boxes.Count; i++)
        {
            DrawBox(xml, boxes[i], Margin + i * Step);
        }

        xml.WriteEndElement();
    });

    /// <summary>From which box to which, and in which lane; -1 for neighbours.</summary>
    private static List<(int From, int To, int Lane)> Lines(List<NetworkLayer> boxes)
    {
        var makers = new Dictionary<string, int>();
        var free = new List<int>(); // for each lane, the box from which on it is free
        var lines = new List<(int From, int To, int Lane)>();
        for (var to = 0; to < boxes.Count; to++)
        {
            foreach (var from in boxes[to].Inputs.Where(makers.ContainsKey).Select(input => makers[input]).Distinct())
            {
                var lane = from == to - 1 ? -1 : free.FindIndex(until => until <= from);
                if (lane < 0 && from != to - 1)
                {
                    lane = free.Count;
                    free.Add(0);
                }

                if (lane >= 0)
                {
                    free[lane] = to;
                }

                lines.Add((from, to, lane));
            }

            makers[boxes[to].Name] = to;
        }

        return lines;
    }

    private static void DrawBox(XmlWriter xml, NetworkLayer layer, int top)
    {
        var fill = layer.Operator == "input" ? "#d9ead3" : layer.Parameters > 0 ? "#cfe2f3" : "#f3f3f3";
        Element(xml, "rect", ("x", Margin), ("y", top), ("width", BoxWidth), ("height", BoxHeight), ("rx", 5), ("fill", fill), ("stroke", "#555"));
        Text(xml, Margin + 10, top + 17, "start", layer.Operator);
        Text(xml, Margin + BoxWidth - 10, top + 17, "end", layer.Shape);
        Text(xml, Margin + 10, top + 33, "start", layer.Name);
        Text(xml, Margin + BoxWidth - 10, top + 33, "end", layer.Parameters > 0
            ? string.Create(CultureInfo.InvariantCulture, $"{layer.Parameters:N0} parameters") : "");
    }

    private static void Text(XmlWriter xml, int x, int y, string anchor, string text)
    {
        Start(xml, "text", ("x", x), ("y", y), ("text-anchor", anchor));
        xml.WriteString(text);
        xml.WriteEndElement();
    }

    private static void Element(XmlWriter xml, string name, params (string Name, object Value)[] attributes)
    {
        Start(xml, name, attributes);
        xml.WriteEndElement();
    }

    private static void Start(XmlWriter xml, string name, params (string Name, object Value)[] attributes)
    {
        xml.WriteStartElement(name, Space);
        foreach (var (key, value) in attributes)
        {
            xml.WriteAttributeString(key, Convert.ToString(value, CultureInfo.InvariantCulture));
        }
    }
}
