using GanPipeline.Primitives;

namespace GanPipeline.Datasets;

/// <summary>The sets that the presets of <c>models/</c> and their sources use.</summary>
internal static class KnownSets
{
    private const string Idx = "presets with 'data: { kind: idx }'";

    /// <summary>All of them. Lengths and digests are those of the original files.</summary>
    public static IReadOnlyList<KnownSet> All { get; } =
    [
        new("mnist", "70,000 handwritten digits, 28x28 grey, 10 classes", "CC BY-SA 3.0", "LeCun, Cortes and Burges, http://yann.lecun.com/exdb/mnist/")
        {
            Use = Idx + "; three digits as RGB: 'data: { kind: stacked_digits }'",
            Mirrors =
            [
                new("https://ossci-datasets.s3.amazonaws.com/mnist/"), new("https://storage.googleapis.com/cvdf-datasets/mnist/"),
                new("http://yann.lecun.com/exdb/mnist/"),
            ],
            Files =
            [
                new("train-images-idx3-ubyte.gz", 9912422, "440fcabf73cc546fa21475e81ea370265605f56be210a4024d2ca8f203523609",
                    "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db"),
                new("train-labels-idx1-ubyte.gz", 28881, "3552534a0a558bbed6aed32b30c495cca23d567ec52cac8be1a0730e8010255c",
                    "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5"),
                new("t10k-images-idx3-ubyte.gz", 1648877, "8d422c7b0a1c1c79245a5bcf07fe86e33eeafee792b84584aec276f5a2dbc4e6",
                    "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7"),
                new("t10k-labels-idx1-ubyte.gz", 4542, "f7ae60f92e00ec6debd23a6088c31dbd2371eca3ffa0defaefb259924204aec6",
                    "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2"),
            ],
        },
        new("fashion-mnist", "70,000 pieces of clothing, 28x28 grey, 10 classes", "MIT",
            "Xiao, Rasul and Vollgraf, https://github.com/zalandoresearch/fashion-mnist")
        {
            Use = Idx,
            Mirrors =
            [
                new("https://raw.githubusercontent.com/zalandoresearch/fashion-mnist/master/data/fashion/"),
                new("https://storage.googleapis.com/tensorflow/tf-keras-datasets/"), new("http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/"),
            ],
            Files =
            [
                new("train-images-idx3-ubyte.gz", 26421880, "3aede38d61863908ad78613f6a32ed271626dd12800ba2636569512369268a84",
                    "c59f468a2f672dc815687fe0f83887768d799fd8a3f3276145d20f83aa44d888"),
                new("train-labels-idx1-ubyte.gz", 29515, "a04f17134ac03560a47e3764e11b92fc97de4d1bfaf8ba1a3aa29af54cc90845",
                    "bad3541b69d912435c50bb6ba87bec294ff4f6a2e1246121d8633921760443d9"),
                new("t10k-images-idx3-ubyte.gz", 4422102, "346e55b948d973a97e58d2351dde16a484bd415d4595297633bb08f03db6a073",
                    "5b4141f0afbad91edebe8549f8fcffe087ea10ca49f1dbef5c9a5cd8815ce37b"),
                new("t10k-labels-idx1-ubyte.gz", 5148, "67da17c76eaffca5446c3361aaab5c3cd6d1c2608764d35dfb1850b086bf8dd5",
                    "0402a96d92fd2663957122ceb108a494c5af83dab82d92729df917d7dec38c34"),
            ],
        },
        new("celeba", "202,599 faces, 178x218 RGB", "non-commercial research only; agree on its page",
            "Liu et al. 2015, https://mmlab.ie.cuhk.edu.hk/projects/CelebA.html")
        {
            Use = "presets with 'data: { kind: folder, size: 64 }'",
            ByHand = "get img_align_celeba.zip from its page, unpack it, and name the folder with --data",
        },
        new("lfw", "13,233 faces, 250x250 RGB, a sub-folder a person", "free for research; see its page",
            "Huang et al. 2007, https://vis-www.cs.umass.edu/lfw/")
        {
            Use = "presets with 'data: { kind: folder, size: 64 }' and 'conditional: false'",
            ByHand = "get lfw-deepfunneled.tgz from its page, unpack it, and name the folder with --data",
        },
    ];

    /// <summary>The set of that name.</summary>
    /// <exception cref="UserErrorException">There is none.</exception>
    public static KnownSet Named(string name) => All.FirstOrDefault(s => s.Name == name)
        ?? throw new UserErrorException($"'{name}': no such data set is known; there are {Nearest.List(name, All.Select(s => s.Name))}");
}
