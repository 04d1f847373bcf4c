using GanPipeline.Primitives;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace GanPipeline.MlNet;

/// <summary>The predictor in what a trainer, or a pipeline with one, was fitted to.</summary>
internal static class FittedPredictor
{
    /// <summary>The last step of a type, in chains of chains too.</summary>
    /// <param name="fitted">What was fitted.</param>
    /// <param name="type">An open generic type: <c>BinaryPredictionTransformer&lt;&gt;</c>.</param>
    /// <exception cref="UserErrorException">There is none.</exception>
    internal static ITransformer In(ITransformer fitted, Type type) => Find(fitted, type) ?? throw new UserErrorException(
        $"the trainer gives a {Name(Last(fitted).GetType())}, and for such a label one that gives a {Name(type)} is needed; use another trainer");

    /// <summary>The same model with other steps in the place of its predictor.</summary>
    internal static ITransformer Replaced(ITransformer fitted, ITransformer predictor, IReadOnlyList<ITransformer> by)
    {
        if (ReferenceEquals(fitted, predictor)) return by.Count == 1 ? by[0] : new TransformerChain<ITransformer>([.. by]);
        if (fitted is not IEnumerable<ITransformer> steps) return fitted;
        return new TransformerChain<ITransformer>(steps.Select(step => Replaced(step, predictor, by)),
            GenericCall.Of<TransformerScope[]>(typeof(FittedPredictor), nameof(Scopes), fitted.GetType().GetGenericArguments()[0], fitted));
    }

    /// <summary>A type's name without the number of its parameters.</summary>
    internal static string Name(Type type) => type.Name.Split('`')[0];

    private static ITransformer? Find(ITransformer fitted, Type type)
    {
        if (fitted.GetType() is { IsGenericType: true } own && own.GetGenericTypeDefinition() == type) return fitted;
        return fitted is IEnumerable<ITransformer> steps ? steps.Reverse().Select(step => Find(step, type)).FirstOrDefault(found => found is not null) : null;
    }

    private static ITransformer Last(ITransformer fitted) => fitted is IEnumerable<ITransformer> steps && steps.Any() ? Last(steps.Last()) : fitted;

    /// <summary>
    /// The scope of each step, which a chain does not show: without it a step for training alone, such as a filter, would drop rows that are to be predicted.
    /// </summary>
    private static TransformerScope[] Scopes<TLast>(TransformerChain<TLast> chain)
        where TLast : class, ITransformer
    {
        TransformerScope[] single = [TransformerScope.Training, TransformerScope.Testing, TransformerScope.Scoring];
        HashSet<ITransformer>[] within = [.. single.Select(scope => chain.GetModelFor(scope).ToHashSet<ITransformer>(ReferenceEqualityComparer.Instance))];
        return [.. chain.Select(step => single.Where((_, i) => within[i].Contains(step)).Aggregate((TransformerScope)0, (all, scope) => all | scope))];
    }
}
