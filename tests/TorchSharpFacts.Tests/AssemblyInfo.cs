// All tests share torch's default generator and its count of live tensors.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
