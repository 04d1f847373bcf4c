#include "handles.h"

#include <c10/core/GradMode.h>
#include <c10/core/InferenceMode.h>
#include <torch/csrc/autograd/anomaly_mode.h>
#include <torch/csrc/autograd/autograd.h>

#include <memory>
#include <vector>

using gt::guarded;

namespace {

torch::autograd::variable_list tensors(const gt_handle* handles, int32_t count) {
    torch::autograd::variable_list list;
    list.reserve(static_cast<size_t>(count));
    for (int32_t i = 0; i < count; ++i) list.push_back(handles[i] == 0 ? at::Tensor() : gt::tensor(handles[i]));
    return list;
}

thread_local std::vector<std::unique_ptr<c10::InferenceMode>> inference_modes;

}  // namespace

// retain_graph: 0 no, 1 yes, -1 as create_graph.
GT_API gt_status gt_backward(const gt_handle* roots, int32_t root_count, const gt_handle* grads, int32_t grad_count, int32_t retain_graph, int32_t create_graph,
    const gt_handle* inputs, int32_t input_count) {
    return guarded([&] {
        torch::autograd::backward(tensors(roots, root_count), tensors(grads, grad_count),
            retain_graph < 0 ? gt::optional<bool>() : gt::optional<bool>(retain_graph != 0), create_graph != 0, tensors(inputs, input_count));
    });
}

// One result for each input; 0 for an input that the outputs do not depend on.
GT_API gt_status gt_grad(const gt_handle* outputs, int32_t output_count, const gt_handle* inputs, int32_t input_count, const gt_handle* grads,
    int32_t grad_count,
    int32_t retain_graph, int32_t create_graph, int32_t allow_unused, gt_handle* results) {
    return guarded([&] {
        const auto found = torch::autograd::grad(tensors(outputs, output_count), tensors(inputs, input_count), tensors(grads, grad_count), retain_graph != 0,
            create_graph != 0, allow_unused != 0);
        for (size_t i = 0; i < found.size(); ++i) results[i] = gt::put(found[i]);
    });
}

GT_API gt_status gt_tensor_grad(gt_handle handle, gt_handle* grad) {
    return guarded([&] { *grad = gt::put(gt::tensor(handle).grad()); });
}

GT_API gt_status gt_tensor_set_grad(gt_handle handle, gt_handle grad) {
    return guarded([&] { gt::tensor(handle).mutable_grad() = grad == 0 ? at::Tensor() : gt::tensor(grad); });
}

GT_API gt_status gt_tensor_set_requires_grad(gt_handle handle, int32_t requires_grad) {
    return guarded([&] { gt::tensor(handle).set_requires_grad(requires_grad != 0); });
}

GT_API gt_status gt_tensor_retain_grad(gt_handle handle) {
    return guarded([&] { gt::tensor(handle).retain_grad(); });
}

GT_API int32_t gt_grad_enabled() { return c10::GradMode::is_enabled(); }
GT_API void gt_set_grad_enabled(int32_t enabled) { c10::GradMode::set_enabled(enabled != 0); }

GT_API int32_t gt_inference_enabled() { return c10::InferenceMode::is_enabled(); }
GT_API gt_status gt_push_inference(int32_t enabled) {
    return guarded([&] { inference_modes.push_back(std::make_unique<c10::InferenceMode>(enabled != 0)); });
}
GT_API void gt_pop_inference() {
    if (!inference_modes.empty()) inference_modes.pop_back();
}

GT_API int32_t gt_anomaly_enabled() { return torch::autograd::AnomalyMode::is_enabled(); }
GT_API void gt_set_anomaly(int32_t enabled, int32_t check_nan) { torch::autograd::AnomalyMode::set_enabled(enabled != 0, check_nan != 0); }
GT_API int32_t gt_anomaly_checks_nan() { return torch::autograd::AnomalyMode::should_check_nan(); }
