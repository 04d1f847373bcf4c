#include "handles.h"

#include <array>
#include <atomic>
#include <memory>
#include <mutex>
#include <new>
#include <vector>

namespace gt {
namespace {

constexpr int kKindShift = 56, kGenerationShift = 32;
constexpr uint64_t kGenerations = 1u << 23;  // between index (32 bits) and kind (8 bits) stays one bit for the lock
constexpr uint64_t kLocked = 1ull << 55;

// One object. `word` is the handle that names it now (0: free); a reader sets the lock bit for the few instructions of taking a reference, so that disposing on
// another thread (a finaliser, say) can never free what is being read.
template <typename Object>
struct Slot {
    std::atomic<uint64_t> word{0};
    uint64_t generation = 0;
    Object object;
};

template <typename Object, Kind kind>
class Table {
    static constexpr uint32_t kChunk = 4096, kChunks = 1u << 14;

public:
    gt_handle put(Object object) {
        std::lock_guard<std::mutex> lock(mutex_);
        const uint32_t index = free_.empty() ? grow() : take();
        auto& slot = at(index);
        slot.object = std::move(object);
        const uint64_t word = (uint64_t{static_cast<uint8_t>(kind)} << kKindShift) | (slot.generation << kGenerationShift) | index;
        slot.word.store(word, std::memory_order_release);
        ++live_;
        return static_cast<gt_handle>(word);
    }

    Object get(gt_handle handle) {
        auto& slot = acquire(handle);
        Object copy = slot.object;
        slot.word.store(static_cast<uint64_t>(handle), std::memory_order_release);
        return copy;
    }

    void release(gt_handle handle) {
        auto& slot = acquire(handle);
        Object last = std::move(slot.object);  // freed after the mutex: a tensor's destructor may take long, or come back here
        slot.object = Object();
        std::lock_guard<std::mutex> lock(mutex_);
        slot.word.store(0, std::memory_order_release);
        --live_;
        if (++slot.generation < kGenerations) free_.push_back(static_cast<uint32_t>(handle));  // a worn-out slot is never used again
    }

    int64_t live() const { return live_.load(std::memory_order_relaxed); }

private:
    using Chunk = std::array<Slot<Object>, kChunk>;

    Slot<Object>& acquire(gt_handle handle) {
        const auto word = static_cast<uint64_t>(handle);
        if (word == 0) throw HandleError{GT_NULL};
        const auto index = static_cast<uint32_t>(word);
        if ((word >> kKindShift) != static_cast<uint8_t>(kind) || (word & kLocked) != 0 || index / kChunk >= kChunks) throw HandleError{GT_FOREIGN};
        Chunk* chunk = chunks_[index / kChunk].load(std::memory_order_acquire);
        if (chunk == nullptr) throw HandleError{GT_FOREIGN};
        auto& slot = (*chunk)[index % kChunk];
        for (;;) {
            uint64_t seen = word;
            if (slot.word.compare_exchange_weak(seen, word | kLocked, std::memory_order_acquire, std::memory_order_relaxed)) return slot;
            if (seen != word && seen != (word | kLocked)) throw HandleError{GT_DISPOSED};
        }
    }

    Slot<Object>& at(uint32_t index) { return (*chunks_[index / kChunk].load(std::memory_order_relaxed))[index % kChunk]; }

    uint32_t take() {
        const uint32_t index = free_.back();
        free_.pop_back();
        return index;
    }

    uint32_t grow() {
        if (used_ % kChunk == 0) {
            if (used_ / kChunk == kChunks) throw std::bad_alloc();
            chunks_[used_ / kChunk].store(new Chunk, std::memory_order_release);
        }
        return used_++;
    }

    std::array<std::atomic<Chunk*>, kChunks> chunks_{};
    std::mutex mutex_;
    std::vector<uint32_t> free_;
    uint32_t used_ = 0;
    std::atomic<int64_t> live_{0};
};

// Never destroyed: finalisers may still run while the process ends.
auto& tensors() {
    static auto* const table = new Table<at::Tensor, Kind::tensor>;
    return *table;
}
auto& generators() {
    static auto* const table = new Table<at::Generator, Kind::generator>;
    return *table;
}

thread_local std::string last_error;

}  // namespace

gt_handle put(at::Tensor tensor) { return tensor.defined() ? tensors().put(std::move(tensor)) : 0; }
gt_handle put(at::Generator generator) { return generator.defined() ? generators().put(std::move(generator)) : 0; }
at::Tensor tensor(gt_handle handle) { return tensors().get(handle); }
at::Generator generator(gt_handle handle) { return generators().get(handle); }

void set_error(std::string message) { last_error = std::move(message); }

gt_status fail(const HandleError& error) {
    set_error(error.status == GT_NULL ? "an object is missing: the handle is null"
        : error.status == GT_DISPOSED ? "the object behind this handle was disposed"
                                      : "this is no handle of the kind that is needed here");
    return error.status;
}

}  // namespace gt

GT_API const char* gt_last_error() { return gt::last_error.c_str(); }
GT_API gt_status gt_tensor_free(gt_handle handle) { return gt::guarded([&] { gt::tensors().release(handle); }); }
GT_API gt_status gt_generator_free(gt_handle handle) { return gt::guarded([&] { gt::generators().release(handle); }); }
GT_API int64_t gt_live_tensors() { return gt::tensors().live(); }
