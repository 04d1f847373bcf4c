// The whole boundary between .NET and libtorch: one generic operator call, and the few things that are no operators.
#pragma once
#include <cstdint>

#define GT_API extern "C" __attribute__((visibility("default")))

// A handle is no pointer: kind (high byte), generation and index of a slot. So null, disposed and foreign handles are recognised, never dereferenced.
using gt_handle = int64_t;

enum gt_status : int32_t {
    GT_OK = 0,
    GT_ERROR = 1,     // libtorch threw; gt_last_error has its message
    GT_NULL = 2,      // a null handle where an object is needed
    GT_DISPOSED = 3,  // the object was disposed
    GT_FOREIGN = 4,   // a handle of another kind, or no handle at all
    GT_ARGUMENT = 5,  // an argument that does not fit the operator's schema
};

enum gt_tag : int32_t {
    GT_TAG_NONE = 0,
    GT_TAG_TENSOR = 1,     // integer: handle
    GT_TAG_INT = 2,        // also scalar types, layouts and memory formats
    GT_TAG_DOUBLE = 3,
    GT_TAG_BOOL = 4,
    GT_TAG_INTS = 5,       // pointer to int64_t
    GT_TAG_DOUBLES = 6,    // pointer to double
    GT_TAG_TENSORS = 7,    // pointer to gt_handle; 0 is "none" where the schema has optional elements
    GT_TAG_DEVICE = 8,     // integer: device type | (index << 32)
    GT_TAG_STRING = 9,     // pointer to UTF-8, count in bytes
    GT_TAG_GENERATOR = 10, // integer: handle
    GT_TAG_COMPLEX = 11,   // pointer to two doubles
};

struct gt_value {
    int32_t tag;
    int32_t count;
    union {
        int64_t integer;
        double real;
        const void* pointer;
    };
};
