using System.Diagnostics;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace GanPipeline.MlNet;

/// <summary>
/// Whether ML.NET is fitting a chain. While it does, every chain asks each of its steps once for its rows, which the next step is fitted on; rows are added to
/// those and to no others. ML.NET has an interface for steps that transform otherwise in training (ITransformerWithDifferentMappingAtTrainingTime), and keeps
/// it to its own assemblies; the scope of a step is lost where a chain is passed on as IEstimator&lt;ITransformer&gt; and becomes a step of another chain. What
/// is left is to look at who calls.
/// </summary>
internal static class ChainFit
{
    /// <summary>
    /// The chains, one a step of the other, in which the calling Fit runs. Each of them will transform its view once: the innermost first, the outermost last.
    /// </summary>
    internal static int CountAround()
    {
        int chains = 0;
        foreach (Type type in Callers())
        {
            if (IsChain(type))
                chains++;
            else if (!Implements(type, typeof(IEstimator<>))) // a wrapper like that of WithOnFitDelegate is passed
                break;
        }
        return chains;
    }

    /// <summary>Whether the calling Transform is asked by a chain that is being fitted, itself or through the steps of a chain that it fitted before.</summary>
    internal static bool IsAsking()
    {
        foreach (Type type in Callers())
        {
            if (!typeof(ITransformer).IsAssignableFrom(type))
                return IsChain(type);
        }
        return false;
    }

    /// <summary>Types of the methods that have called, the nearest first.</summary>
    private static IEnumerable<Type> Callers()
    {
        foreach (StackFrame frame in new StackTrace(fNeedFileInfo: false).GetFrames())
        {
            Type? type = frame.GetMethod()?.DeclaringType;
            if (type is null)
                yield break;
            if (type != typeof(ChainFit) && type.DeclaringType != typeof(ChainFit))
                yield return type;
        }
    }

    private static bool IsChain(Type type) => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(EstimatorChain<>);

    private static bool Implements(Type type, Type generic) => type.GetInterfaces().Any(i => i.IsGenericType && i.GetGenericTypeDefinition() == generic);
}
