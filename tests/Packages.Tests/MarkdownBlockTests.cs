namespace GanPipeline.Packages.Tests;

public class MarkdownBlockTests
{
    [Fact]
    public void Blocks_are_taken_with_their_language_marks_and_places()
    {
        MarkdownBlock[] blocks = [.. MarkdownBlock.In("p.md", ["text", "```sh long", "a", "b", "```", "", "```", "picture", "```"])];
        Assert.Equal(2, blocks.Length);
        Assert.Equal(("sh", "a\nb", "p.md line 3"), (blocks[0].Language, blocks[0].Text, blocks[0].ToString()));
        Assert.Equal(["long"], blocks[0].Marks);
        Assert.Equal(("", "picture"), (blocks[1].Language, blocks[1].Text));
    }

    [Fact]
    public void A_block_that_is_not_closed_is_an_error() =>
        Assert.Equal("p.md line 1: the block is not closed",
            Assert.Throws<InvalidDataException>(() => MarkdownBlock.In("p.md", ["```sh", "a"]).ToArray()).Message);

    [Fact]
    public void A_continued_program_has_what_went_before_and_types_and_usings_are_where_CSharp_wants_them()
    {
        string[] codes = [.. SnippetProgram.Files(MarkdownBlock.In("p.md",
            ["```csharp", "using System.Text;", "int a = 1;", "```", "```csharp continued", "a++;", "record R(int X);", "```",
                "```csharp", ".Append(x)", "```"]))
            .Select(f => f.Code)];
        Assert.Equal(3, codes.Length);
        Assert.StartsWith("using System.Text;\nnamespace p_md_6;", codes[1]);
        Assert.Contains("int a = 1;\n#line 6 \"p.md\"\na++;\nawait", codes[1]);
        Assert.EndsWith("}\n}\nrecord R(int X);", codes[1]);
        Assert.Contains("_ = ml.Transforms.CopyColumns(\"Copy\", \"Column\")\n#line 10 \"p.md\"\n.Append(x)\n;", codes[2]);
    }
}
