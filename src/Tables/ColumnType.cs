using System.Runtime.Serialization;

namespace GanPipeline.Tables;

/// <summary>What the values of a column are. A schema file can say those that are not ignored.</summary>
internal enum ColumnType
{
    /// <summary>Numbers with fractions.</summary>
    Numeric,

    /// <summary>Whole numbers.</summary>
    Integer,

    /// <summary>Two values: 0 and 1, true and false, yes and no.</summary>
    Boolean,

    /// <summary>One of several texts.</summary>
    Categorical,

    /// <summary>Dates, or dates with a time of day.</summary>
    Date,

    /// <summary>One value in all rows, or none in any.</summary>
    [IgnoreDataMember]
    Constant,

    /// <summary>Free text: dropped.</summary>
    [IgnoreDataMember]
    Text,

    /// <summary>A number or name of the row itself: dropped.</summary>
    [IgnoreDataMember]
    Id,

    /// <summary>The numbers of the rows, as pandas and R write them: dropped.</summary>
    [IgnoreDataMember]
    Index,

    /// <summary>Left out, because the user declared it so.</summary>
    Drop,
}

/// <summary>How a column of numbers is put before the networks.</summary>
internal enum NumberEncoding
{
    /// <summary>
    /// Mode-specific normalisation (Xu et al. 2019, "Modeling tabular data using conditional GAN", section 4.2): which mode of a Gaussian mixture, and where in
    /// it.
    /// </summary>
    Mixture,

    /// <summary>The rank among the values of the file, between -1 and 1.</summary>
    Quantile,

    /// <summary>Each value is a category of its own.</summary>
    OneHot,
}
