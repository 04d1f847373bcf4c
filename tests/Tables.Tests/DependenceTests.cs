using System.Globalization;
using GanPipeline.Primitives;

namespace GanPipeline.Tables.Tests;

public class DependenceTests
{
    private static readonly string[] Towns = ["Rome", "Milan", "Paris", "Lyon", "Bonn"], Codes = ["RM", "MI", "PA", "LY", "BN"];

    /// <summary>Without the zeros at the end that decimals keep from what they were computed of.</summary>
    private static string Plain(decimal number) => number.ToString("0.####", System.Globalization.CultureInfo.InvariantCulture);

    [Fact]
    public void A_product_a_sum_a_copy_and_a_name_are_found_and_no_part_of_the_code()
    {
        Table table = Rows(300, "price,quantity,total,shipping,due,again,town,code,land", random =>
        {
            decimal price = random.Next(100, 9999) / 100m, quantity = random.Next(1, 40), shipping = random.Next(0, 900) / 100m;
            int town = random.Next(5);
            return $"{price},{quantity},{Plain(price * quantity)},{shipping},{Plain(price * quantity + shipping)}," +
                $"{price},{Towns[town]},{Codes[town]},{"IIFFG"[town]}";
        });
        TableCodec codec = Fit(table);
        Assert.Equal(["again = 'price'", "code = the value that goes with 'town'", "due = 'total' + 'shipping'", "land = the value that goes with 'town'",
            "total = 'price' × 'quantity'"], Formulas(codec));
        Assert.Equal(["price", "quantity", "shipping", "town"], codec.Columns.Select(c => c.Name));
        Assert.Equal(["price", "quantity", "total", "shipping", "due", "again", "town", "code", "land", "class"], codec.Header);
        Assert.Equal(["total", "due"], codec.Derived.Select(c => c.Name).Where(name => name is "total" or "due")); // in the order of computing
        codec.Check(2);
    }

    [Theory]
    [InlineData("a - b", "a = 'b' + 'c'")]
    [InlineData("a + b", "c = 'a' + 'b'")]
    [InlineData("a * b", "c = 'a' × 'b'")]
    [InlineData("a * b / 100", "c = 'a' × 'b' × 0.01")]
    [InlineData("round a / b", "c = 'a' / 'b'")]
    [InlineData("round 100 a / b", "c = 'a' / 'b' × 100")]
    [InlineData("a * a", "c = 'a' × 'a'")]
    [InlineData("a / 100", "c = 0.01 × 'a'")]
    [InlineData("round 1.8 a + 32", "c = 1.8 × 'a' + 32")]
    [InlineData("2000 + a", "c = 'a' + 2000")]
    [InlineData("100 - a", "c = -'a' + 100")]
    public void Formulas_of_one_and_of_two_columns_are_found(string formula, string found)
    {
        Table table = Rows(200, "a,b,c", random =>
        {
            decimal a = random.Next(-400, 500), b = random.Next(1, 300);
            decimal c = formula switch
            {
                "a - b" => a - b,
                "a + b" => a + b,
                "a * b" => a * b,
                "a * b / 100" => a * b / 100,
                "round a / b" => Math.Round(a / b, 2),
                "round 100 a / b" => Math.Round(100 * a / b, 1),
                "a * a" => a * a,
                "a / 100" => a / 100,
                "round 1.8 a + 32" => Math.Round(1.8m * a + 32),
                "2000 + a" => 2000 + a,
                _ => 100 - a,
            };
            return $"{a},{b},{Plain(c)}";
        });
        Assert.Equal([found], Formulas(Fit(table)));
    }

    /// <summary>What double arithmetic gives is written with up to 17 digits, and comes back to the bit.</summary>
    [Fact]
    public void Numbers_that_are_not_rounded_are_computed_in_double()
    {
        Table table = Rows(100, "a,b,sum,product,ratio,pounds", random =>
        {
            double a = random.NextDouble() * 10, b = random.NextDouble() + 1;
            return string.Join(',', new[] { a, b, a + b, a * b, a / b, a / 0.45359237 }.Select(Text.Number));
        });
        TableCodec codec = Fit(table);
        Assert.Equal(["product = 'a' × 'b'", "ratio = 'a' / 'b'", "sum = 'a' + 'b'"],
            Formulas(codec).Where(f => !f.StartsWith("pounds", StringComparison.Ordinal)));
        Assert.Contains("pounds", codec.Derived.Select(c => c.Name));
        foreach (DerivedColumn column in codec.Derived)
            for (int row = 0; row < table.Rows; row++)
                Assert.Equal(Number(table, column.Name, row), Computed(table, column, row), Math.Abs(Number(table, column.Name, row)) * 1e-12);
    }

    [Fact]
    public void A_total_of_many_parts_and_its_halves_are_found()
    {
        Table table = Rows(150, "id,total,first,q1,q2,q3,q4,second", random =>
        {
            decimal[] q = [.. Enumerable.Range(0, 4).Select(_ => random.Next(0, 100_000) / 100m)];
            return $"{random.Next(1, 900)}.5,{Plain(q.Sum())},{Plain(q[0] + q[1])},{q[0]},{q[1]},{q[2]},{q[3]},{Plain(q[2] + q[3])}";
        });
        TableCodec codec = Fit(table);
        Assert.Equal(3, codec.Derived.Count);
        AssertHolds(table, codec);
        string[] parts = Formulas(Fit(Rows(150, "q1,q2,q3,q4,q5,total", random =>
        {
            int[] q = [.. Enumerable.Range(0, 5).Select(_ => random.Next(0, 1000))];
            return $"{string.Join(',', q)},{q.Sum()}";
        })));
        Assert.Equal(["total = 'q1' + 'q2' + 'q3' + 'q4' + 'q5'"], parts);
    }

    /// <summary>Profit is income less costs, and income is price times quantity: income follows from the product, so profit from income.</summary>
    [Fact]
    public void Dependences_that_share_columns_are_all_kept()
    {
        Table table = Rows(200, "profit,income,costs,price,quantity,profit_cents", random =>
        {
            decimal price = random.Next(100, 999) / 100m, quantity = random.Next(13, 80), costs = random.Next(1, 9999) / 100m;
            decimal profit = price * quantity - costs;
            return $"{Plain(profit)},{Plain(price * quantity)},{costs},{price},{quantity},{(int)(profit * 100)}";
        });
        TableCodec codec = Fit(table);
        Assert.Equal(3, codec.Derived.Count);
        AssertHolds(table, codec);
    }

    [Fact]
    public void What_is_computed_is_missing_where_its_sources_are_and_only_there()
    {
        Func<Random, bool, string> row = (random, kept) =>
        {
            int a = random.Next(1000), b = random.Next(1000);
            (bool noA, bool noB) = (random.Next(10) == 0, random.Next(10) == 0);
            return $"{(noA ? "" : a)},{(noB ? "" : b)},{((noA || noB) && kept ? "" : a + b)}";
        };
        Assert.Equal(["c = 'a' + 'b'"], Formulas(Fit(Rows(300, "a,b,c", random => row(random, true)))));
        Table turned = Rows(300, "c,a,b", random => row(random, true).Split(',') is var r ? $"{r[2]},{r[0]},{r[1]}" : "");
        Assert.Equal(["c = 'a' + 'b'"], Formulas(Fit(turned)));
        Assert.Empty(Formulas(Fit(Rows(300, "a,b,c", random => row(random, false)))));
        Assert.Empty(Formulas(Fit(Rows(300, "a,b,c", random => row(random, true)), "keep_missing: false")));
    }

    [Fact]
    public void A_missing_name_goes_with_a_code_as_any_name_does()
    {
        string[] names = ["one", "two", ""];
        TableCodec codec = Fit(Rows(200, "x,code,name,level", random =>
        {
            int kind = random.Next(3);
            return $"{random.Next(1000)},c{kind},{names[kind]},{kind * 10}";
        }));
        Assert.Equal(["level = the value that goes with 'code'", "name = the value that goes with 'code'"], Formulas(codec));
        ColumnCode code = codec.Columns.Single(c => c.Name == "code");
        Assert.Equal(code.Categories.Select(c => names[c[1] - '0']), ((MapRecipe)codec.Derived.Single(c => c.Name == "name").Recipe).Values);
    }

    /// <summary>Whole numbers are otherwise generated as numbers, of which none goes with a name; here each is chosen.</summary>
    [Fact]
    public void A_postcode_goes_with_its_town_and_an_age_with_its_group()
    {
        Table table = Rows(600, "x,postcode,town,age,group", random =>
        {
            (int code, int age) = (random.Next(40), random.Next(18, 80));
            return $"{random.Next(1000)}.5,{10_000 + code * 37},town{code / 3},{age},{(age < 30 ? "young" : age < 60 ? "middle" : "old")}";
        });
        TableCodec codec = Fit(table);
        Assert.Equal(["group = the value that goes with 'age'", "town = the value that goes with 'postcode'"], Formulas(codec));
        codec.Check(2);
        ColumnCode postcode = codec.Columns.Single(c => c.Name == "postcode");
        Assert.Equal((CodeKind.OneHot, 40), (postcode.Kind, postcode.Categories.Count));
        Assert.Equal("10037", postcode.Categories[postcode.SlotOf("10050")]); // new data: the nearest that there is
        Assert.Empty(Fit(table, "columns: { age: { encoding: mixture }, postcode: { encoding: quantile } }").Derived);
    }

    [Fact]
    public void A_column_may_follow_from_the_class_and_the_class_from_none()
    {
        Table table = Text.Table("x,number,class,kind\n" + string.Concat(Enumerable.Range(0, 90).Select(i =>
            $"{i * 37 % 90}.5,{"210"[i % 3]},{"abc"[i % 3]},k{i % 3}\n")));
        TableCodec codec = Fit(table);
        Assert.Equal(["kind = the value that goes with 'class'", "number = the value that goes with 'class'"], Formulas(codec));
        Assert.Equal(["2", "1", "0"], ((MapRecipe)codec.Derived.Single(c => c.Name == "number").Recipe).Values);
        codec.Check(3);
        Assert.Throws<UserErrorException>(() => codec.Check(4));
    }

    /// <summary>A flag and its opposite are one choice; of three of which one is set, two chosen by themselves could both be.</summary>
    [Fact]
    public void Flags_give_only_flags()
    {
        TableCodec codec = Fit(Rows(200, "x,yes,no", random => $"{random.Next(1000)},{new[] { "0,1", "1,0" }[random.Next(2)]}"));
        Assert.Equal(["no = -'yes' + 1"], Formulas(codec));
        Assert.Empty(Formulas(Fit(Rows(200, "x,a,b,c", random => $"{random.Next(1000)},{new[] { "1,0,0", "0,1,0", "0,0,1" }[random.Next(3)]}"))));
    }

    [Fact]
    public void Dates_that_are_equal_are_one()
    {
        TableCodec codec = Fit(Rows(100, "x,paid,booked", random =>
        {
            int day = random.Next(28) + 1;
            return $"{random.Next(1000)},2024-02-{day:D2},2024-02-{day:D2}";
        }));
        Assert.Equal(["booked = 'paid'"], Formulas(codec));
    }

    [Theory]
    [InlineData("dependences: false")]
    [InlineData("columns: { b: { min: 0, max: 2000 } }")]
    public void None_is_looked_for_where_the_schema_says_so_or_declares_what_a_column_holds(string yaml)
    {
        Table table = Rows(100, "a,b", random => random.Next(1000) is var a ? $"{a},{a}" : "");
        Assert.Equal(["b = 'a'"], Formulas(Fit(table)));
        Assert.Empty(Fit(table, yaml).Derived);
    }

    [Fact]
    public void Few_rows_hardly_varying_columns_and_values_seen_once_say_nothing()
    {
        Assert.Empty(Fit(Rows(19, "a,b,c", random => random.Next(1000) is var a && random.Next(1000) is var b ? $"{a},{b},{a + b}" : "")).Derived);
        int row = 0; // two flags that are set in the same two rows of 500
        Assert.Empty(Fit(Rows(500, "x,a,b", random => $"{random.Next(1000)},{(row is 20 or 70 ? 1 : 0)},{(row++ is 20 or 70 ? 1 : 0)}")).Derived);
        // A town that is in nearly every row another says the shop of its row, but no rule.
        Assert.Empty(Fit(Rows(100, "town,shop", random => $"t{random.Next(45)},s{random.Next(4)}")).Derived);
        row = 0; // a sum of which one part is nearly always 0
        Table parts = Rows(500, "a,b,c", random => random.Next(5000) is var a && (row++ is 7 or 9 ? 1 : 0) is var b ? $"{a},{b},{a + b}" : "");
        Assert.DoesNotContain(Fit(parts).Derived, c => c.Recipe.Sources.Contains("b") || c.Name == "b");
    }

    /// <summary>What is nearly a copy shows its exceptions in few rows only; a noise of one unit is no rounding of "+ 0.5".</summary>
    [Fact]
    public void Near_copies_are_no_dependences()
    {
        Assert.Empty(Fit(Rows(100, "a,b,c", random => random.Next(5000) is var a ? $"{a},{a + random.Next(2)},{random.Next(9)}" : "")).Derived);
        Assert.Empty(Fit(Rows(40, "x,a,b", random => random.Next(3) is var a ? $"{random.Next(900)}.5,v{a},w{a}" : "")).Derived);
        Assert.Single(Fit(Rows(80, "x,a,b", random => random.Next(3) is var a ? $"{random.Next(900)}.5,v{a},w{a}" : "")).Derived);
    }

    /// <summary>Small tables of few values, in which much agrees by chance: what is found must hold in fresh rows.</summary>
    [Fact]
    public void Random_tables_give_no_dependence_that_fresh_rows_break()
    {
        int found = 0;
        for (int seed = 0; seed < 200; seed++)
        {
            var random = new Random(seed);
            int columns = random.Next(3, 12), rows = random.Next(20, 120);
            int[] levels = [.. Enumerable.Range(0, columns).Select(_ => random.Next(2, 9))];
            double[] skew = [.. levels.Select(_ => random.Next(3) == 0 ? 6.0 : 1.0)];
            string Row(Random r) => string.Join(',', levels.Select((n, i) => (int)(n * Math.Pow(r.NextDouble(), skew[i]))));
            string header = string.Join(',', levels.Select((_, i) => $"c{i}"));
            Table table = Rows(rows, header, Row, seed + 1000), fresh = Rows(1000, header, Row, seed + 2000);
            try
            {
                foreach (DerivedColumn column in Fit(table).Derived)
                {
                    found++;
                    AssertHolds(fresh, column);
                }
            }
            catch (UserErrorException) { } // no column varies
        }
        Assert.Equal(0, found);
    }

    [Fact]
    public void Recipes_that_cannot_be_are_refused()
    {
        TableCodec codec = Fit(Rows(100, "a,b,c,kind,name", random => random.Next(1000) is var a && random.Next(1000) is var b && random.Next(2) is var k
            ? $"{a},{b},{a + b},k{k},n{k}" : ""));
        codec.Check(2);
        foreach (Recipe recipe in new Recipe[]
        {
            new LinearRecipe(["a", "zz"], [1, 1], 0), new LinearRecipe(["a", "b"], [1], 0), new LinearRecipe(["a"], [double.NaN], 0),
            new LinearRecipe([], [], 0), new ProductRecipe("a", "kind", 1), new RatioRecipe("a", "c", 1), new CopyRecipe("kind"),
            new MapRecipe("kind", ["1"]), new MapRecipe("kind", ["1", "x"]), new MapRecipe("a", ["1", "2"]),
        })
        {
            DerivedColumn[] derived = [.. codec.Derived.Select(c => c.Name == "c" ? c with { Recipe = recipe } : c)];
            Assert.Contains("'c'", Assert.Throws<UserErrorException>(() => (codec with { Derived = derived }).Check(2)).Message);
        }
    }

    [Fact]
    public void The_same_columns_are_computed_whatever_the_order_of_the_rows()
    {
        Table table = Rows(200, "a,b,c,d,e", random => random.Next(1000) is var a && random.Next(1000) is var b ? $"{a},{b},{a + b},{a - b},{a * b}" : "");
        int[] order = [.. Enumerable.Range(0, 200)];
        new RandomStream(1).Shuffle<int>(order);
        Assert.Equal(Formulas(Fit(table)), Formulas(Fit(table.Pick(order))));
    }

    private static Table Rows(int rows, string header, Func<Random, string> row, int seed = 5)
    {
        var random = new Random(seed);
        return Text.Table($"{header},class\n" + string.Concat(Enumerable.Range(0, rows)
            .Select(i => string.Create(CultureInfo.InvariantCulture, $"{row(random)},{(random.Next(2) == 0 || i == 0 ? "u" : "v")}\n"))));
    }

    private static TableCodec Fit(Table table, string yaml = "") => TableCodec.Fit(table, Text.Schema(table, yaml));

    private static string[] Formulas(TableCodec codec) => [.. codec.Derived.Select(c => $"{c.Name} = {c.Recipe.Formula}").Order(StringComparer.Ordinal)];

    private static double Number(Table table, string column, int row) => ColumnInference.TryParse(table[column][row], out double number) ? number : double.NaN;

    private static double Computed(Table table, DerivedColumn column, int row) => column.Compute([.. column.Recipe.Sources.Select(s => Number(table, s, row))]);

    private static void AssertHolds(Table table, TableCodec codec) => Assert.All(codec.Derived, column => AssertHolds(table, column));

    private static void AssertHolds(Table table, DerivedColumn column)
    {
        for (int row = 0; row < table.Rows; row++)
        {
            if (column.Recipe is NumberRecipe) Assert.Equal(Number(table, column.Name, row), Computed(table, column, row), 9);
            else if (column.Recipe is CopyRecipe copy) Assert.Equal(table[copy.Source][row], table[column.Name][row]);
            else Assert.Fail($"{column.Name} follows from {column.Recipe.Sources[0]}");
        }
    }
}
