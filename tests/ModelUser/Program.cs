// A program of someone who was given a model and has ML.NET only: ModelUser MODEL.zip ROWS.csv COLUMN
// The rows are X,Y,Label; a line of the output is the column's value in a row, text or numbers.
using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Data;

var ml = new MLContext();
Point[] points = [.. File.ReadLines(args[1]).Select(line => line.Split(',')).Select(f => new Point
{
    X = float.Parse(f[0], CultureInfo.InvariantCulture), Y = float.Parse(f[1], CultureInfo.InvariantCulture), Label = f[2],
})];
ITransformer model = ml.Model.Load(args[0], out _);
IDataView result = model.Transform(ml.Data.LoadFromEnumerable(points));
IEnumerable<string> lines = result.Schema[args[2]].Type is VectorDataViewType
    ? result.GetColumn<float[]>(args[2]).Select(v => string.Join(' ', v.Select(x => x.ToString("R", CultureInfo.InvariantCulture))))
    : result.GetColumn<string>(args[2]);
foreach (string line in lines)
    Console.WriteLine(line);

internal sealed class Point
{
    public float X { get; set; }

    public float Y { get; set; }

    public string Label { get; set; } = "";
}
