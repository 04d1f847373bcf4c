// Random generators, threads, devices, and what this libtorch is.
#include "handles.h"

#include <ATen/CPUGeneratorImpl.h>
#include <ATen/Context.h>
#include <ATen/Parallel.h>
#include <torch/cuda.h>
#include <torch/version.h>

#include <climits>
#include <cstdlib>
#include <dlfcn.h>
#include <mutex>

using gt::guarded;

namespace {

c10::Device device(int32_t type, int32_t index) { return c10::Device(static_cast<c10::DeviceType>(type), static_cast<c10::DeviceIndex>(index)); }

template <typename Body>
gt_status with_generator(gt_handle handle, Body&& body) {
    return guarded([&] {
        at::Generator generator = gt::generator(handle);
        std::lock_guard<std::mutex> lock(generator.mutex());
        body(generator);
    });
}

}  // namespace

GT_API gt_status gt_generator_default(int32_t type, int32_t index, gt_handle* result) {
    return guarded([&] { *result = gt::put(at::Generator(at::globalContext().defaultGenerator(device(type, index)))); });
}

// A generator of its own: for a device other than the CPU a copy of that device's default one.
GT_API gt_status gt_generator_new(uint64_t seed, int32_t type, int32_t index, gt_handle* result) {
    return guarded([&] {
        at::Generator generator = device(type, index).is_cpu() ? at::detail::createCPUGenerator(seed)
            : at::globalContext().defaultGenerator(device(type, index)).clone();
        generator.set_current_seed(seed);
        *result = gt::put(std::move(generator));
    });
}

GT_API gt_status gt_generator_set_seed(gt_handle handle, uint64_t seed) {
    return with_generator(handle, [&](at::Generator& g) { g.set_current_seed(seed); });
}
GT_API gt_status gt_generator_initial_seed(gt_handle handle, uint64_t* seed) {
    return with_generator(handle, [&](at::Generator& g) { *seed = g.current_seed(); });
}
GT_API gt_status gt_generator_state(gt_handle handle, gt_handle* state) {
    return with_generator(handle, [&](at::Generator& g) { *state = gt::put(g.get_state()); });
}
GT_API gt_status gt_generator_set_state(gt_handle handle, gt_handle state) {
    return with_generator(handle, [&](at::Generator& g) { g.set_state(gt::tensor(state)); });
}

GT_API gt_status gt_manual_seed(uint64_t seed) {
    return guarded([&] { at::manual_seed(seed); });
}

GT_API int32_t gt_num_threads() { return at::get_num_threads(); }
GT_API gt_status gt_set_num_threads(int32_t count) {
    return guarded([&] { at::set_num_threads(count); });
}
GT_API int32_t gt_num_interop_threads() { return at::get_num_interop_threads(); }
GT_API gt_status gt_set_num_interop_threads(int32_t count) {
    return guarded([&] { at::set_num_interop_threads(count); });
}

// Whether CUDA may multiply float32 with the 10-bit mantissas of TF32.
GT_API int32_t gt_matmul_allows_tf32() { return at::globalContext().allowTF32CuBLAS(); }
GT_API void gt_set_matmul_allows_tf32(int32_t allows) { at::globalContext().setAllowTF32CuBLAS(allows != 0); }
GT_API int32_t gt_cudnn_allows_tf32() { return at::globalContext().allowTF32CuDNN(); }
GT_API void gt_set_cudnn_allows_tf32(int32_t allows) { at::globalContext().setAllowTF32CuDNN(allows != 0); }

GT_API gt_status gt_cuda_device_count(int32_t* count) {
    return guarded([&] { *count = static_cast<int32_t>(torch::cuda::device_count()); });
}
GT_API gt_status gt_cudnn_available(int32_t* available) {
    return guarded([&] { *available = torch::cuda::cudnn_is_available(); });
}
GT_API gt_status gt_cuda_synchronize(int32_t index) {
    return guarded([&] { torch::cuda::synchronize(index); });
}
GT_API gt_status gt_cuda_seed(uint64_t seed, int32_t all) {
    return guarded([&] { all != 0 ? torch::cuda::manual_seed_all(seed) : torch::cuda::manual_seed(seed); });
}

GT_API const char* gt_torch_version() { return TORCH_VERSION; }

// The library that libtorch's matrix products come from: a path, or "mkl" where it is linked in.
GT_API const char* gt_blas_library() {
    static const std::string library = [] {
        if (at::hasMKL()) return std::string("mkl");
        Dl_info info;
        void* const product = dlsym(RTLD_DEFAULT, "sgemm_");
        if (product == nullptr || dladdr(product, &info) == 0) return std::string();
        char resolved[PATH_MAX];
        return std::string(realpath(info.dli_fname, resolved) != nullptr ? resolved : info.dli_fname);
    }();
    return library.c_str();
}
