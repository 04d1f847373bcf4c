#pragma once
#include "gantorch.h"

#include <ATen/core/Generator.h>
#include <ATen/core/Tensor.h>
#include <ATen/core/ivalue.h>

#include <exception>
#include <string>
#include <utility>

namespace gt {

// libtorch's "optional": its own class in 1.x, the standard library's in 2.x.
template <typename T>
using optional = decltype(std::declval<c10::IValue&>().toOptional<T>());

// What a handle names. The numbers are the handle's high byte, away from 0 and from anything that looks like an address.
enum class Kind : uint8_t { tensor = 0x51, generator = 0x52, op = 0x53 };

struct HandleError {
    gt_status status;
};

gt_handle put(at::Tensor tensor);
gt_handle put(at::Generator generator);
at::Tensor tensor(gt_handle handle);  // throws HandleError
at::Generator generator(gt_handle handle);

void set_error(std::string message);
gt_status fail(const HandleError& error);

// Runs one exported function's body: nothing that it throws crosses the boundary.
template <typename Body>
gt_status guarded(Body&& body) noexcept {
    try {
        std::forward<Body>(body)();
        return GT_OK;
    } catch (const HandleError& e) {
        return fail(e);
    } catch (const c10::Error& e) {
        set_error(e.what_without_backtrace());
    } catch (const std::exception& e) {
        set_error(e.what());
    } catch (...) {
        set_error("libtorch threw something that is no std::exception");
    }
    return GT_ERROR;
}

}  // namespace gt
