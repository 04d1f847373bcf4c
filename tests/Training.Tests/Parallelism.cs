// libtorch's default random generator, its number of threads and its count of live tensors belong to the whole process.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
