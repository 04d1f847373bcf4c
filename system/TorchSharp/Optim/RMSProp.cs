using System.Collections.Generic;
using System.IO;
using TorchSharp.Modules;

namespace TorchSharp
{
    namespace Modules
    {
        /// <summary>As PyTorch's RMSprop: gradients divided by the root of a running mean of their squares.</summary>
        public class RMSProp : OptimizerHelper, torch.optim.IMomentum
        {
            public RMSProp(
                IEnumerable<Parameter> parameters, double lr = 0.001, double alpha = 0.99, double eps = 1e-08, double weight_decay = 0, double momentum = 0,
                bool centered = false, bool maximize = false)
                : this([new ParamGroup { Parameters = parameters }], lr, alpha, eps, weight_decay, momentum, centered, maximize)
            {
            }

            public RMSProp(
                IEnumerable<ParamGroup> parameters, double lr = 0.001, double alpha = 0.99, double eps = 1e-08, double weight_decay = 0, double momentum = 0,
                bool centered = false, bool maximize = false)
            {
                var options = new Options
                {
                    LearningRate = AtLeastZero(lr),
                    alpha = AtLeastZero(alpha),
                    eps = AtLeastZero(eps),
                    weight_decay = AtLeastZero(weight_decay),
                    momentum = AtLeastZero(momentum),
                    centered = centered,
                    maximize = maximize,
                };
                Start(options, parameters);
            }

            public double Momentum
            {
                get => ((Options)_defaults).momentum!.Value;
                set => ((Options)_defaults).momentum = value;
            }

            internal override OptimizerOptions NewOptions() => new Options();

            internal override OptimizerState NewState(Parameter parameter) => new State(parameter);

            internal override void Update(Parameter parameter, torch.Tensor grad, OptimizerState parameterState, OptimizerOptions groupOptions)
            {
                var state = (State)parameterState;
                var options = (Options)groupOptions;
                double lr = options.LearningRate!.Value, alpha = options.alpha!.Value, eps = options.eps!.Value;
                state.step++;
                grad = options.maximize!.Value ? -grad : grad;
                if (options.weight_decay is > 0 and var decay)
                {
                    grad = grad.add(parameter, alpha: decay);
                }

                state.square_avg.mul_(alpha).addcmul_(grad, grad, value: 1 - alpha);
                var average = state.square_avg;
                if (options.centered!.Value)
                {
                    state.grad_avg.mul_(alpha).add_(grad, alpha: 1 - alpha);
                    average = average.addcmul(state.grad_avg, state.grad_avg, value: -1);
                }

                average = average.sqrt().add_(eps);
                if (options.momentum is > 0 and var momentum)
                {
                    state.momentum_buffer.mul_(momentum).addcdiv_(grad, average, value: 1);
                    parameter.add_(state.momentum_buffer, alpha: -lr);
                }
                else
                {
                    parameter.addcdiv_(grad, average, value: -lr);
                }
            }

            public class ParamGroup : ParamGroup<Options>, torch.optim.IMomentum
            {
                public ParamGroup()
                {
                }

                public ParamGroup(IEnumerable<Parameter> parameters, Options options)
                    : base(parameters, options)
                {
                }

                public ParamGroup(
                    IEnumerable<Parameter> parameters, double lr = 0.001, double eps = 1e-08, double alpha = 0.99, double weight_decay = 0, double momentum = 0,
                    bool centered = false)
                    : base(
                        parameters,
                        new Options { LearningRate = lr, eps = eps, alpha = alpha, weight_decay = weight_decay, momentum = momentum, centered = centered })
                {
                }

                public double Momentum
                {
                    get => Options.momentum!.Value;
                    set => Options.momentum = value;
                }
            }

            public class Options : OptimizerOptions
            {
                public bool? maximize;
                public double? momentum;
                public double? alpha;
                public double? eps;
                public double? weight_decay;
                public bool? centered;

                public override void SaveStateDict(BinaryWriter writer)
                {
                    base.SaveStateDict(writer);
                    writer.Write(maximize!.Value);
                    writer.Write(momentum!.Value);
                    writer.Write(alpha!.Value);
                    writer.Write(eps!.Value);
                    writer.Write(weight_decay!.Value);
                    writer.Write(centered!.Value);
                }

                public override void LoadStateDict(BinaryReader reader)
                {
                    base.LoadStateDict(reader);
                    maximize = reader.ReadBoolean();
                    momentum = reader.ReadDouble();
                    alpha = reader.ReadDouble();
                    eps = reader.ReadDouble();
                    weight_decay = reader.ReadDouble();
                    centered = reader.ReadBoolean();
                }

                public override void LoadStateDict(OptimizerOptions source)
                {
                    base.LoadStateDict(source);
                    var other = (Options)source;
                    (maximize, momentum, alpha) = (other.maximize, other.momentum, other.alpha);
                    (eps, weight_decay, centered) = (other.eps, other.weight_decay, other.centered);
                }

                internal override void FillFrom(OptimizerOptions defaults)
                {
                    base.FillFrom(defaults);
                    var other = (Options)defaults;
                    maximize ??= other.maximize;
                    momentum ??= other.momentum;
                    alpha ??= other.alpha;
                    eps ??= other.eps;
                    weight_decay ??= other.weight_decay;
                    centered ??= other.centered;
                }
            }

            public sealed class State : OptimizerState, IDisposable
            {
                public long step;
                public torch.Tensor square_avg = null!;
                public torch.Tensor momentum_buffer = null!;
                public torch.Tensor grad_avg = null!;

                public State(Parameter parameter)
                    : base(parameter)
                {
                }

                public void Dispose() => Release();

                public override void Initialize(OptimizerOptions options)
                {
                    Release();
                    step = 0;
                    square_avg = Zeros();
                    momentum_buffer = Zeros();
                    grad_avg = Zeros();
                }

                public override void SaveStateDict(BinaryWriter writer)
                {
                    writer.Write(step);
                    square_avg.Save(writer);
                    SaveConditionalStateTensor(writer, momentum_buffer);
                    SaveConditionalStateTensor(writer, grad_avg);
                }

                public override void LoadStateDict(BinaryReader reader)
                {
                    step = reader.ReadInt64();
                    square_avg.Load(reader);
                    LoadConditionalStateTensor(reader, ref momentum_buffer!, _parameter.device);
                    LoadConditionalStateTensor(reader, ref grad_avg!, _parameter.device);
                }

                public override void LoadStateDict(OptimizerState source)
                {
                    var other = (State)source;
                    Release();
                    step = other.step;
                    square_avg = Copied(other.square_avg)!;
                    momentum_buffer = Copied(other.momentum_buffer)!;
                    grad_avg = Copied(other.grad_avg)!;
                }

                public override bool ApproximatelyEquals(OptimizerState other) =>
                    other is State that && step == that.step && Close(square_avg, that.square_avg) && Close(momentum_buffer, that.momentum_buffer)
                    && Close(grad_avg, that.grad_avg);

                public override void to(torch.Device device)
                {
                    square_avg = Moved(square_avg, device)!;
                    momentum_buffer = Moved(momentum_buffer, device)!;
                    grad_avg = Moved(grad_avg, device)!;
                }

                internal override void Release()
                {
                    square_avg?.Dispose();
                    momentum_buffer?.Dispose();
                    grad_avg?.Dispose();
                }
            }
        }
    }

    public static partial class torch
    {
        public static partial class optim
        {
            public static RMSProp RMSProp(
                IEnumerable<Parameter> parameters, double lr = 0.01, double alpha = 0.99, double eps = 1e-08, double weight_decay = 0, double momentum = 0,
                bool centered = false, bool maximize = false) => new(parameters, lr, alpha, eps, weight_decay, momentum, centered, maximize);

            public static RMSProp RMSProp(
                IEnumerable<RMSProp.ParamGroup> parameters, double lr = 0.01, double alpha = 0.99, double eps = 1e-08, double weight_decay = 0,
                double momentum = 0, bool centered = false, bool maximize = false) =>
                new(parameters, lr, alpha, eps, weight_decay, momentum, centered, maximize);
        }
    }
}
