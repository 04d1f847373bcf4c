// One tensor in libtorch's own file format, as torch.save of the C++ API writes it.
#include "handles.h"

#include <torch/serialize/archive.h>

using gt::guarded;

GT_API gt_status gt_tensor_save(gt_handle handle, const char* path) {
    return guarded([&] {
        torch::serialize::OutputArchive archive;
        archive.write("0", gt::tensor(handle));
        archive.save_to(path);
    });
}

GT_API gt_status gt_tensor_load(const char* path, gt_handle* result) {
    return guarded([&] {
        torch::serialize::InputArchive archive;
        archive.load_from(path);
        at::Tensor loaded;
        archive.read("0", loaded);
        *result = gt::put(std::move(loaded));
    });
}
