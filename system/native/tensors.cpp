// What is asked of one tensor without computing anything.
#include "handles.h"

#include <ATen/ops/empty.h>
#include <ATen/ops/from_blob.h>

#include <algorithm>
#include <cstring>

using gt::guarded;

// Copies sizes and strides of at most `capacity` dimensions; *dim is the number of them.
GT_API gt_status gt_tensor_shape(gt_handle handle, int64_t* sizes, int64_t* strides, int32_t capacity, int32_t* dim) {
    return guarded([&] {
        const at::Tensor t = gt::tensor(handle);
        *dim = static_cast<int32_t>(t.dim());
        const auto n = std::min<int64_t>(t.dim(), capacity);
        if (sizes != nullptr) std::copy_n(t.sizes().begin(), n, sizes);
        if (strides != nullptr) std::copy_n(t.strides().begin(), n, strides);
    });
}

enum gt_query : int32_t { GT_DIM, GT_NUMEL, GT_DTYPE, GT_DEVICE, GT_ELEMENT_SIZE, GT_STORAGE_OFFSET, GT_CONTIGUOUS, GT_REQUIRES_GRAD, GT_LEAF, GT_SPARSE };

GT_API gt_status gt_tensor_query(gt_handle handle, int32_t query, int64_t* answer) {
    return guarded([&] {
        const at::Tensor t = gt::tensor(handle);
        switch (query) {
            case GT_DIM: *answer = t.dim(); break;
            case GT_NUMEL: *answer = t.numel(); break;
            case GT_DTYPE: *answer = static_cast<int64_t>(t.scalar_type()); break;
            case GT_DEVICE: {
                const c10::Device d = t.device();
                *answer = (static_cast<int64_t>(d.index()) * (int64_t{1} << 32)) + static_cast<int64_t>(d.type());
                break;
            }
            case GT_ELEMENT_SIZE: *answer = static_cast<int64_t>(t.element_size()); break;
            case GT_STORAGE_OFFSET: *answer = t.storage_offset(); break;
            case GT_CONTIGUOUS: *answer = t.is_contiguous(); break;
            case GT_REQUIRES_GRAD: *answer = t.requires_grad(); break;
            case GT_LEAF: *answer = t.is_leaf(); break;
            case GT_SPARSE: *answer = t.is_sparse(); break;
            default: throw gt::HandleError{GT_ARGUMENT};
        }
    });
}

GT_API gt_status gt_tensor_data(gt_handle handle, void** data) {
    return guarded([&] { *data = gt::tensor(handle).data_ptr(); });
}

// A new CPU tensor with a copy of `data`.
GT_API gt_status gt_tensor_from_data(const void* data, int32_t dtype, const int64_t* sizes, int32_t dim, gt_handle* result) {
    return guarded([&] {
        const c10::ArrayRef<int64_t> shape(sizes, static_cast<size_t>(dim));
        at::Tensor t = at::empty(shape, at::TensorOptions().dtype(static_cast<at::ScalarType>(dtype)));
        if (t.numel() > 0) std::memcpy(t.data_ptr(), data, t.nbytes());
        *result = gt::put(std::move(t));
    });
}

// A CPU tensor over memory that .NET owns; `freed(context)` is called once, on whatever thread lets go of the last reference.
GT_API gt_status gt_tensor_over(void* data, int32_t dtype, const int64_t* sizes, int32_t dim, void (*freed)(void*), void* context, gt_handle* result) {
    return guarded([&] {
        const c10::ArrayRef<int64_t> shape(sizes, static_cast<size_t>(dim));
        *result = gt::put(at::from_blob(data, shape, [freed, context](void*) { freed(context); },
            at::TensorOptions().dtype(static_cast<at::ScalarType>(dtype))));
    });
}
