using System.Reflection;

namespace GanPipeline.MlNet;

/// <summary>Calls of generic methods with a type that is known when the program runs: ML.NET's columns and models have theirs then.</summary>
internal static class GenericCall
{
    /// <summary>Calls a private static method; what it throws comes out as it is.</summary>
    internal static TResult Of<TResult>(Type owner, string method, Type type, params object?[] arguments) =>
        (TResult)owner.GetMethod(method, BindingFlags.NonPublic | BindingFlags.Static)!.MakeGenericMethod(type)
            .Invoke(null, BindingFlags.DoNotWrapExceptions, null, arguments, null)!;
}
