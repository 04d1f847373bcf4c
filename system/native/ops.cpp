// Any operator of libtorch, by name, through its dispatcher. Arguments are converted as the operator's schema says and missing ones take the schema's defaults,
// so the same call works with every libtorch whose schema has at least these arguments.
#include "handles.h"

#include <ATen/core/dispatch/Dispatcher.h>

#include <deque>
#include <mutex>

namespace {

struct Parameter {
    std::string name;
    c10::TypeKind kind;           // of the value, inside "optional" if there is one
    c10::TypeKind element;        // of a list
    bool optional = false;
    bool optional_elements = false;
    int32_t fixed = 0;            // int[2] takes a single int too
    bool has_default = false;
    c10::IValue fallback;
};

struct Op {
    c10::OperatorHandle handle;
    std::string name;
    std::vector<Parameter> parameters;
};

struct ArgumentError {
    std::string message;
};

std::mutex registry_mutex;
std::deque<Op>& registry() {
    static auto* const ops = new std::deque<Op>;  // references stay valid while it grows
    return *ops;
}
thread_local std::vector<gt_value> pending;  // results that did not fit

c10::TypePtr strip_optional(const c10::TypePtr& type, bool& optional) {
    optional = type->kind() == c10::TypeKind::OptionalType;
    return optional ? type->containedType(0) : type;
}

Parameter describe(const c10::Argument& argument) {
    Parameter p;
    p.name = argument.name();
    const auto type = strip_optional(argument.type(), p.optional);
    p.kind = type->kind();
    if (p.kind == c10::TypeKind::ListType) p.element = strip_optional(type->containedType(0), p.optional_elements)->kind();
    if (const auto n = argument.N()) p.fixed = static_cast<int32_t>(*n);
    if (const auto& value = argument.default_value()) {
        p.has_default = true;
        p.fallback = *value;
    }
    return p;
}

c10::Device device(int64_t packed) {
    return c10::Device(static_cast<c10::DeviceType>(static_cast<int32_t>(packed)), static_cast<c10::DeviceIndex>(packed >> 32));
}

c10::IValue list(const gt_value& v, const Parameter& p) {
    if (p.element == c10::TypeKind::TensorType) {
        if (v.tag != GT_TAG_TENSORS) return {};
        const auto* handles = static_cast<const gt_handle*>(v.pointer);
        if (p.optional_elements) {
            c10::List<gt::optional<at::Tensor>> tensors;
            tensors.reserve(v.count);
            for (int32_t i = 0; i < v.count; ++i) tensors.push_back(handles[i] == 0 ? gt::optional<at::Tensor>()
                : gt::optional<at::Tensor>(gt::tensor(handles[i])));
            return tensors;
        }
        c10::List<at::Tensor> tensors;
        tensors.reserve(v.count);
        for (int32_t i = 0; i < v.count; ++i) tensors.push_back(gt::tensor(handles[i]));
        return tensors;
    }
    const bool integers = p.element == c10::TypeKind::IntType || p.element == c10::TypeKind::SymIntType;
    if (integers && v.tag == GT_TAG_INTS) {
        const auto* values = static_cast<const int64_t*>(v.pointer);
        return c10::IValue(c10::ArrayRef<int64_t>(values, static_cast<size_t>(v.count)));
    }
    if (integers && v.tag == GT_TAG_INT) return c10::IValue(std::vector<int64_t>(static_cast<size_t>(p.fixed > 0 ? p.fixed : 1), v.integer));
    if (p.element == c10::TypeKind::FloatType && v.tag == GT_TAG_DOUBLES) {
        const auto* values = static_cast<const double*>(v.pointer);
        return c10::IValue(c10::ArrayRef<double>(values, static_cast<size_t>(v.count)));
    }
    if (p.element == c10::TypeKind::BoolType && v.tag == GT_TAG_INTS) {
        c10::List<bool> flags;
        for (int32_t i = 0; i < v.count; ++i) flags.push_back(static_cast<const int64_t*>(v.pointer)[i] != 0);
        return flags;
    }
    return {};
}

// What does not fit comes back as None.
c10::IValue convert(const gt_value& v, const Parameter& p) {
    switch (p.kind) {
        case c10::TypeKind::TensorType:
            if (v.tag == GT_TAG_TENSOR) return gt::tensor(v.integer);
            break;
        case c10::TypeKind::NumberType:
            if (v.tag == GT_TAG_INT) return v.integer;
            if (v.tag == GT_TAG_DOUBLE) return v.real;
            if (v.tag == GT_TAG_BOOL) return v.integer != 0;
            if (v.tag == GT_TAG_COMPLEX) return c10::complex<double>(static_cast<const double*>(v.pointer)[0], static_cast<const double*>(v.pointer)[1]);
            break;
        case c10::TypeKind::FloatType:
            if (v.tag == GT_TAG_DOUBLE) return v.real;
            if (v.tag == GT_TAG_INT) return static_cast<double>(v.integer);
            break;
        case c10::TypeKind::BoolType:
            if (v.tag == GT_TAG_BOOL) return v.integer != 0;
            break;
        case c10::TypeKind::DeviceObjType:
            if (v.tag == GT_TAG_DEVICE) return device(v.integer);
            break;
        case c10::TypeKind::StringType:
            if (v.tag == GT_TAG_STRING) return std::string(static_cast<const char*>(v.pointer), static_cast<size_t>(v.count));
            break;
        case c10::TypeKind::GeneratorType:
            if (v.tag == GT_TAG_GENERATOR) return gt::generator(v.integer);
            break;
        case c10::TypeKind::ListType:
            return list(v, p);
        default:  // int, and what libtorch keeps as one: scalar type, layout, memory format, symbolic int
            if (v.tag == GT_TAG_INT) return v.integer;
    }
    return {};
}

gt_value result(gt_tag tag, int64_t integer) {
    gt_value v{tag, 0, {}};
    v.integer = integer;
    return v;
}

void collect(const c10::IValue& value, std::vector<gt_value>& results) {
    if (value.isTensor()) {
        const gt_handle handle = gt::put(value.toTensor());
        results.push_back(result(handle == 0 ? GT_TAG_NONE : GT_TAG_TENSOR, handle));
    } else if (value.isTensorList()) {
        for (const at::Tensor& t : value.toTensorVector()) results.push_back(result(GT_TAG_TENSOR, gt::put(t)));
    } else if (value.isBool()) {
        results.push_back(result(GT_TAG_BOOL, value.toBool()));
    } else if (value.isDouble()) {
        gt_value v{GT_TAG_DOUBLE, 0, {}};
        v.real = value.toDouble();
        results.push_back(v);
    } else if (value.isInt()) {
        results.push_back(result(GT_TAG_INT, value.toInt()));
    } else if (value.isNone()) {
        results.push_back(result(GT_TAG_NONE, 0));
    } else {
        throw ArgumentError{"returns a value of type " + value.tagKind() + ", which cannot be handed on"};
    }
}

constexpr uint64_t kOpTag = uint64_t{static_cast<uint8_t>(gt::Kind::op)} << 56;

Op& op(gt_handle handle) {
    const auto word = static_cast<uint64_t>(handle);
    if (word == 0) throw gt::HandleError{GT_NULL};
    std::lock_guard<std::mutex> lock(registry_mutex);
    if ((word & ~uint64_t{0xffffffff}) != kOpTag || static_cast<uint32_t>(word) >= registry().size()) throw gt::HandleError{GT_FOREIGN};
    return registry()[static_cast<uint32_t>(word)];
}

void push_arguments(const Op& target, const gt_value* arguments, int32_t count, torch::jit::Stack& stack) {
    const auto& parameters = target.parameters;
    if (static_cast<size_t>(count) > parameters.size())
        throw ArgumentError{"takes " + std::to_string(parameters.size()) + " arguments, not " + std::to_string(count)};
    for (size_t i = 0; i < parameters.size(); ++i) {
        const Parameter& p = parameters[i];
        if (i >= static_cast<size_t>(count)) {
            if (!p.has_default && !p.optional) throw ArgumentError{"needs an argument '" + p.name + "'"};
            stack.push_back(p.fallback);
        } else if (arguments[i].tag == GT_TAG_NONE) {
            if (!p.optional) throw ArgumentError{"needs a value for '" + p.name + "', not none"};
            stack.emplace_back();
        } else {
            stack.push_back(convert(arguments[i], p));
            if (stack.back().isNone()) throw ArgumentError{"cannot take a value with tag " + std::to_string(arguments[i].tag) + " for '" + p.name + "'"};
        }
    }
}

}  // namespace

GT_API gt_status gt_op_find(const char* name, const char* overload, gt_handle* handle) {
    return gt::guarded([&] {
        Op found{c10::Dispatcher::singleton().findSchemaOrThrow(name, overload), name, {}};
        if (*overload != '\0') found.name.append(".").append(overload);
        for (const auto& argument : found.handle.schema().arguments()) found.parameters.push_back(describe(argument));
        std::lock_guard<std::mutex> lock(registry_mutex);
        registry().push_back(std::move(found));
        *handle = static_cast<gt_handle>(kOpTag | (registry().size() - 1));
    });
}

// Writes as many results as there are, at most `capacity`, and says how many there are in *count; gt_op_results hands out all of them when they did not fit.
// A capacity of 0 drops them (an operation in place returns its own argument).
GT_API gt_status gt_op_call(gt_handle handle, const gt_value* arguments, int32_t argument_count, gt_value* results, int32_t capacity, int32_t* count) {
    gt_status status = GT_OK;
    const gt_status outcome = gt::guarded([&] {
        const Op& target = op(handle);
        try {
            torch::jit::Stack stack;
            stack.reserve(target.parameters.size());
            push_arguments(target, arguments, argument_count, stack);
            target.handle.callBoxed(&stack);
            *count = 0;
            if (capacity == 0) return;
            if (stack.size() == 1 && stack[0].isTensor()) {  // nearly every call
                const gt_handle only = gt::put(std::move(stack[0]).toTensor());
                results[0] = result(only == 0 ? GT_TAG_NONE : GT_TAG_TENSOR, only);
                *count = 1;
                return;
            }
            pending.clear();
            for (const auto& value : stack) collect(value, pending);
            *count = static_cast<int32_t>(pending.size());
            if (*count <= capacity) {
                std::copy(pending.begin(), pending.end(), results);
                pending.clear();
            }
        } catch (const ArgumentError& e) {
            gt::set_error(target.name + " " + e.message);
            status = GT_ARGUMENT;
        }
    });
    return outcome == GT_OK ? status : outcome;
}

GT_API gt_status gt_op_results(gt_value* results, int32_t capacity) {
    return gt::guarded([&] {
        if (static_cast<size_t>(capacity) < pending.size()) throw gt::HandleError{GT_ARGUMENT};
        std::copy(pending.begin(), pending.end(), results);
        pending.clear();
    });
}
