using System.Collections.Generic;
using System.IO;
using System.Runtime.CompilerServices;
using TorchSharp.Utils;

namespace TorchSharp.Modules;

/// <summary>What all optimizers share: groups of parameters, a state per parameter, saving and loading.</summary>
public abstract class OptimizerHelper : torch.optim.Optimizer
{
    private readonly Dictionary<nint, OptimizerState> states = [];

    protected OptimizerOptions _defaults = null!;

    internal OptimizerHelper()
    {
    }

    public override IEnumerable<Parameter> parameters() => _parameter_groups.SelectMany(group => group.Parameters);

    /// <summary>Sets gradients to zero where they are; <see cref="torch.nn.Module.zero_grad"/> takes them away.</summary>
    public override void zero_grad()
    {
        using var _ = torch.no_grad();
        foreach (var parameter in parameters())
        {
            using var grad = parameter.grad;
            grad?.zero_();
        }
    }

    public override void add_param_group(ParamGroup param_group)
    {
        param_group.Options ??= NewOptions();
        param_group.Options.FillFrom(_defaults);
        _parameter_groups.Add(param_group);
        foreach (var parameter in param_group.Parameters)
        {
            var state = NewState(parameter);
            state.Initialize(param_group.Options);
            states[parameter.Handle] = state;
        }
    }

    public virtual StateDictionary state_dict()
    {
        var dictionary = new StateDictionary();
        foreach (var group in _parameter_groups)
        {
            dictionary.Options.Add(group.Options);
            List<int> indices = [];
            foreach (var parameter in group.Parameters)
            {
                indices.Add(dictionary.State.Count);
                dictionary.State.Add(states[parameter.Handle]);
            }

            dictionary.StateIndexRef.Add(indices);
        }

        return dictionary;
    }

    public virtual void load_state_dict(StateDictionary state_dict)
    {
        var own = this.state_dict();
        ThrowIfCountsDiffer(own, state_dict.Options.Count, state_dict.State.Count);
        for (int i = 0; i < own.Options.Count; i++)
        {
            if (own.Options[i] != state_dict.Options[i])
            {
                own.Options[i].LoadStateDict(state_dict.Options[i]);
            }
        }

        for (int i = 0; i < own.State.Count; i++)
        {
            if (own.State[i] != state_dict.State[i])
            {
                own.State[i].LoadStateDict(state_dict.State[i]);
            }
        }
    }

    public void save_state_dict(string location)
    {
        using var writer = new BinaryWriter(File.Create(location));
        save_state_dict(writer);
    }

    public void load_state_dict(string location)
    {
        using var reader = new BinaryReader(File.OpenRead(location));
        load_state_dict(reader);
    }

    public void save_state_dict(BinaryWriter writer)
    {
        var own = state_dict();
        writer.Write(GetType().Name);
        writer.Encode(own.Options.Count);
        writer.Encode(own.State.Count);
        foreach (var options in own.Options)
        {
            options.SaveStateDict(writer);
        }

        foreach (var state in own.State)
        {
            state.SaveStateDict(writer);
        }
    }

    public void load_state_dict(BinaryReader reader)
    {
        string kind = reader.ReadString();
        if (kind != GetType().Name)
        {
            throw new InvalidDataException($"Mismatched optimizer type: expected '{GetType().Name}', but found '{kind}' in the loaded stream.");
        }

        var own = state_dict();
        ThrowIfCountsDiffer(own, reader.Decode(), reader.Decode());
        foreach (var options in own.Options)
        {
            options.LoadStateDict(reader);
        }

        foreach (var state in own.State)
        {
            state.LoadStateDict(reader);
        }
    }

    public void to(torch.Device device)
    {
        foreach (var state in state_dict().State)
        {
            state.to(device);
        }
    }

    internal sealed override void Update()
    {
        foreach (var group in _parameter_groups)
        {
            foreach (var parameter in group.Parameters)
            {
                var state = states[parameter.Handle];
                if (parameter.grad is { } grad)
                {
                    Update(parameter, grad, state, group.Options);
                }
            }
        }
    }

    internal sealed override void Release()
    {
        foreach (var state in states.Values)
        {
            state.Release();
        }

        states.Clear();
    }

    internal abstract OptimizerOptions NewOptions();

    internal abstract OptimizerState NewState(Parameter parameter);

    /// <summary>Changes one parameter by one step.</summary>
    internal abstract void Update(Parameter parameter, torch.Tensor grad, OptimizerState parameterState, OptimizerOptions groupOptions);

    internal void Start(OptimizerOptions defaults, IEnumerable<ParamGroup> groups)
    {
        _defaults = defaults;
        foreach (var group in groups)
        {
            add_param_group(group);
        }
    }

    internal static double AtLeastZero(double value, [CallerArgumentExpression(nameof(value))] string name = "") =>
        value >= 0 ? value : throw new ArgumentException($"Invalid {name}: {value}");

    internal static double Beta(double value, [CallerArgumentExpression(nameof(value))] string name = "") =>
        value is >= 0 and < 1 ? value : throw new ArgumentException($"Invalid {name}: {value}");

    private static void ThrowIfCountsDiffer(StateDictionary own, long options, long states)
    {
        if (options != own.Options.Count)
        {
            throw new ArgumentException("Invalid optimizer state -- different number of parameter groups.");
        }

        if (states != own.State.Count)
        {
            throw new ArgumentException("Invalid optimizer state -- different number of states.");
        }
    }
}
