using GanPipeline.Primitives;
using GanPipeline.Training.Data;
using static GanPipeline.Training.Tests.TestImages;

namespace GanPipeline.Training.Tests;

/// <summary>Folders as people have them: recognised, or refused with the layout that is wanted.</summary>
public class FolderLayoutTests
{
    private readonly FolderDataOptions _all = new() { Test = 0 };

    [Theory]
    [InlineData("train", "val")]
    [InlineData("Train", "Test")]
    [InlineData("TRAINING", "Testing")]
    [InlineData("train", "valid")]
    [InlineData("train", "validation")]
    public void Parts_are_recognised_by_their_names_in_any_case(string train, string test)
    {
        using var folder = Folder($"{train}/a/1.png", $"{train}/a/2.png", $"{train}/b/1.png", $"{test}/a/1.png", $"{test}/b/1.png", ".git/a/1.png");
        using Dataset training = _all.Load(folder.Name, DataSplit.Train, 1), held = _all.Load(folder.Name, DataSplit.Test, 1);
        Assert.Equal((3, 2), (training.Count, held.Count));
        Assert.Equal(["a", "b"], training.ClassNames);
        Assert.Equal(["a", "b"], held.ClassNames);
        Assert.Empty(training.Notes);
    }

    [Fact]
    public void Of_three_parts_one_is_not_used_and_a_training_part_alone_is_divided()
    {
        using (var folder = Folder("train/a/1.png", "test/a/1.png", "test/a/2.png", "valid/a/1.png"))
        {
            using Dataset training = _all.Load(folder.Name, DataSplit.Train, 1), held = _all.Load(folder.Name, DataSplit.Test, 1);
            Assert.Equal((1, 2), (training.Count, held.Count));
            Assert.Equal($"{folder["valid"]} is not used: train is trained on, and test is evaluated on.", Assert.Single(training.Notes));
        }
        using var alone = Folder([.. Enumerable.Range(0, 40).Select(i => $"train/{"ab"[i % 2]}/{i}.png")]);
        FolderDataOptions third = _all with { Test = 0.3 };
        using Dataset most = third.Load(alone.Name, DataSplit.Train, 1), rest = third.Load(alone.Name, DataSplit.Test, 1);
        Assert.Equal(["a", "b"], most.ClassNames);
        Assert.Equal(40, most.Count + rest.Count);
        Assert.InRange(rest.Count, 4, 24);
    }

    [Fact]
    public void What_computers_leave_behind_is_no_part_of_the_data()
    {
        using var folder = Folder("cat/1.png", "dog/1.png", "__MACOSX/cat/._1.png", "@eaDir/cat/1.png", "cat/._1.png", ".cache/1.png");
        foreach (string name in new[] { ".DS_Store", "Thumbs.db", "cat/Thumbs.db", "dog/desktop.ini", "dog/.DS_Store", "cat/ehthumbs.db" })
            File.WriteAllText(folder[name], "");
        Directory.CreateDirectory(folder["dog/@eaDir"]);
        using (Dataset data = _all.Load(folder.Name, DataSplit.Train, 1))
        {
            Assert.Equal(["cat", "dog"], data.ClassNames);
            Assert.Equal(2, data.Count);
            Assert.Empty(data.Notes);
        }
        Png(folder, "cat/.hidden.png", 1, 2, 2, i => 60 * i);
        using Dataset noted = _all.Load(folder.Name, DataSplit.Train, 1);
        Assert.Equal($"left out 1 hidden image, for example {folder["cat/.hidden.png"]}.", Assert.Single(noted.Notes));
    }

    [Theory]
    [InlineData("cat/1.png", "loose.png", "loose.png", "belongs to no class")]
    [InlineData("animals/cat/1.png", "animals/dog/1.png", "animals/cat", "a folder within the folder of a class")]
    [InlineData("train/a/1.png", "cat/1.png", "cat", "beside train, neither a part of the data nor a class")]
    [InlineData("test/a/1.png", "val/a/1.png", "test", "there is no folder train beside it")]
    [InlineData("train/a/1.png", "Train/a/1.png", "train", "the same part of the data as")]
    [InlineData("train/a/1.png", "test/1.png", "test", "without folders of classes")]
    [InlineData("train/1.png", "test/a/1.png", "test", "with folders of classes")]
    [InlineData("Cat/1.png", "cat/1.png", "cat", "differs by upper and lower case only")]
    [InlineData("caf\u00e9/1.png", "cafe\u0301/1.png", "caf\u00e9", "differs by its Unicode form only")]
    [InlineData("\u00e9/1.png", "e\u0301/1.png", "\u00e9", "differs by its Unicode form only")]
    public void Other_layouts_are_refused_with_the_one_that_is_wanted(string first, string second, string named, string why)
    {
        using var folder = Folder(first, second);
        string message = Refused(folder, DataSplit.Test);
        Assert.StartsWith($"{folder[named]}: ", message);
        Assert.Contains(why, message);
        Assert.Contains("The folder must hold CLASS/*.png or *.jpg, a sub-folder a class; or two such folders, named train and test", message);
    }

    [Fact]
    public void Names_of_parts_and_single_letters_may_be_classes()
    {
        using var folder = Folder("train/1.png", "car/1.png", "A/1.png", "a/1.png");
        using Dataset data = _all.Load(folder.Name, DataSplit.Train, 1);
        Assert.Equal(["A", "a", "car", "train"], data.ClassNames);
    }

    [Fact]
    public void Links_are_followed_where_they_lead_to_images_of_their_own()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "symbolic links of folders");
        using TemporaryFolder elsewhere = Folder("cats/1.png"), folder = Folder("dog/1.png");
        Directory.CreateSymbolicLink(folder["cat"], elsewhere["cats"]);
        using (Dataset data = _all.Load(folder.Name, DataSplit.Train, 1)) Assert.Equal(["cat", "dog"], data.ClassNames);
        Directory.CreateSymbolicLink(folder["hound"], folder["dog"]);
        Assert.Contains($"{folder["hound"]}: it is the same folder as {folder["dog"]} by a link", Refused(folder));
        Directory.Delete(folder["hound"]);
        Directory.CreateSymbolicLink(folder["loop"], folder.Name);
        Assert.Contains("a folder within the folder of a class", Refused(folder));
        Directory.Delete(folder["loop"]);
        using TemporaryFolder parts = Folder("train/a/1.png");
        Directory.CreateSymbolicLink(parts["test"], parts["train"]);
        Assert.StartsWith($"{parts["test"]}: the same folder as {parts["train"]}", Refused(parts));
    }

    [Fact]
    public void A_pipe_and_a_link_that_leads_nowhere_are_no_images()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "pipes and symbolic links");
        using var folder = Folder("1.png", "2.png");
        using (var make = System.Diagnostics.Process.Start("mkfifo", folder["pipe.png"])) make.WaitForExit();
        Assert.StartsWith($"{folder["pipe.png"]}: it is a pipe or a device", Refused(folder)); // and is not waited for
        File.Delete(folder["pipe.png"]);
        File.CreateSymbolicLink(folder["link.png"], folder["none.png"]);
        Assert.StartsWith($"{folder["link.png"]}: no such file", Refused(folder));
    }

    [Fact]
    public void The_classes_of_a_test_part_go_by_name()
    {
        using var folder = Folder("train/cat/1.png", "train/dog/1.png", "train/fox/1.png", "test/dog/1.png", "test/fox/1.png");
        Directory.CreateDirectory(folder["test/cat"]); // the same as no folder
        using Dataset training = _all.Load(folder.Name, DataSplit.Train, 1), held = _all.Load(folder.Name, DataSplit.Test, 1);
        Assert.Equal(["cat", "dog", "fox"], held.ClassNames);
        Assert.Equal([1L, 2], held.Labels!.data<long>().ToArray());
        Assert.Equal($"the test part of '{training.Name}' has no sample of class 'cat'; nothing is measured of it on real samples.",
            training.CheckTestPart(held));
        Png(folder, "test/Cat/1.png", 1, 2, 2, i => 60 * i);
        Directory.Delete(folder["test/cat"]);
        string message = Refused(folder, DataSplit.Test);
        Assert.StartsWith($"{folder["test/Cat"]}: the training part {folder["train"]} has no class of this name (but 'cat', which is spelt otherwise)",
            message);
    }

    [Fact]
    public void A_test_part_in_another_Unicode_form_has_the_same_classes()
    {
        using var folder = Folder("train/caf\u00e9/1.png", "train/bar/1.png", "test/cafe\u0301/1.png", "test/bar/1.png");
        using Dataset training = _all.Load(folder.Name, DataSplit.Train, 1), held = _all.Load(folder.Name, DataSplit.Test, 1);
        Assert.Equal(training.ClassNames, held.ClassNames);
        Assert.Equal([0L, 1], held.Labels!.data<long>().ToArray());
        Assert.Null(training.CheckTestPart(held));
    }

    [Fact]
    public void A_folder_in_a_folder_is_named_as_what_to_give()
    {
        using var folder = Folder("pets/cat/1.png", "pets/dog/1.png", "__MACOSX/pets/._x");
        Assert.Contains($"if that is how {folder["pets"]} looks, name it instead", Refused(folder));
    }

    private static TemporaryFolder Folder(params string[] files)
    {
        var folder = new TemporaryFolder();
        foreach (string file in files) Png(folder, file, 1, 2, 2, i => 60 * i);
        return folder;
    }

    private string Refused(TemporaryFolder folder, DataSplit split = DataSplit.Train) =>
        Assert.Throws<UserErrorException>(() => _all.Load(folder.Name, split, 1)).Message;
}
