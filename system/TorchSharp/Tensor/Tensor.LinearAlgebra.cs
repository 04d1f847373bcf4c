namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        public Tensor matmul(Tensor target) => Ops.Call("matmul", this, target);
        public Tensor mm(Tensor target) => Ops.Call("mm", this, target);
        public Tensor mv(Tensor target) => Ops.Call("mv", this, target);
        public Tensor bmm(Tensor batch2) => Ops.Call("bmm", this, batch2);
        public Tensor dot(Tensor target) => ndim == 1 && target.ndim == 1 && numel() == target.numel()
            ? Ops.Call("dot", this, target)
            : throw new InvalidOperationException("dot arguments must have the same shape.");
        public Tensor outer(Tensor vec2) => Ops.Call("outer", this, vec2);
        public Tensor inner(Tensor vec2) => Ops.Call("inner", this, vec2);
        public Tensor addmm(Tensor mat1, Tensor mat2, float beta = 1, float alpha = 1) => Ops.Call("addmm", this, mat1, mat2, beta, alpha);
        public Tensor addmm_(Tensor mat1, Tensor mat2, float beta = 1, float alpha = 1) => Ops.InPlace("addmm_", this, mat1, mat2, beta, alpha);
        public Tensor addmv(Tensor mat, Tensor vec, float beta = 1, float alpha = 1) => Ops.Call("addmv", this, mat, vec, beta, alpha);
        public Tensor baddbmm(Tensor batch1, Tensor batch2, float beta = 1, float alpha = 1) => Ops.Call("baddbmm", this, batch1, batch2, beta, alpha);
        public Tensor trace() => ndim == 2 ? Ops.Call("trace", this) : throw new ArgumentException($"Expected a matrix, but got tensor with ndim == {ndim}");
        public Tensor det() => Ops.Call("linalg_det", this);
        public Tensor inverse() => Ops.Call("linalg_inv", this);
        public Tensor pinverse(double rcond = 1e-15, bool hermitian = false) => Ops.Call("linalg_pinv", this, rcond, hermitian);
        public Tensor cholesky(bool upper = false) => Ops.Call("cholesky", this, upper);
        public Tensor matrix_power(int n) => Ops.Call("linalg_matrix_power", this, n);
        public Tensor cov(long correction = 1, Tensor? fweights = null, Tensor? aweights = null) => Ops.Call("cov", this, correction, fweights, aweights);
        public Tensor corrcoef() => Ops.Call("corrcoef", this);
    }

    public static Tensor matmul(Tensor input, Tensor target) => input.matmul(target);
    public static Tensor mm(Tensor input, Tensor target) => input.mm(target);
    public static Tensor mv(Tensor input, Tensor target) => input.mv(target);
    public static Tensor bmm(Tensor input, Tensor batch2) => input.bmm(batch2);
    public static Tensor dot(Tensor input, Tensor other) => input.dot(other);
    public static Tensor outer(Tensor input, Tensor vec2) => input.outer(vec2);
    public static Tensor inner(Tensor input, Tensor vec2) => input.inner(vec2);
    public static Tensor addmm(Tensor input, Tensor mat1, Tensor mat2, float beta, float alpha) => input.addmm(mat1, mat2, beta, alpha);
    public static Tensor addmm_(Tensor input, Tensor mat1, Tensor mat2, float beta, float alpha) => input.addmm_(mat1, mat2, beta, alpha);
    public static Tensor addmv(Tensor input, Tensor mat1, Tensor mat2, float beta, float alpha) => input.addmv(mat1, mat2, beta, alpha);
    public static Tensor baddbmm(Tensor input, Tensor batch1, Tensor batch2, float beta = 1, float alpha = 1) => input.baddbmm(batch1, batch2, beta, alpha);
    public static Tensor trace(Tensor input) => input.trace();
    public static Tensor det(Tensor input) => input.det();
    public static Tensor inverse(Tensor input) => input.inverse();
    public static Tensor pinverse(Tensor input, double rcond = 1e-15, bool hermitian = false) => input.pinverse(rcond, hermitian);
    public static Tensor cholesky(Tensor input, bool upper) => input.cholesky(upper);
    public static Tensor matrix_power(Tensor input, int n) => input.matrix_power(n);
    public static Tensor cov(Tensor input, long correction = 1, Tensor? fweights = null, Tensor? aweights = null) => input.cov(correction, fweights, aweights);
    public static Tensor corrcoef(Tensor input) => input.corrcoef();

    public static Tensor einsum(string equation, params Tensor[] tensors) => Ops.Call("einsum", equation, tensors);
    public static Tensor cdist(Tensor x1, Tensor x2, double p = 2, compute_mode compute_mode = compute_mode.use_mm_for_euclid_dist_if_necessary) =>
        Ops.Call("cdist", x1, x2, p, (long)compute_mode);

    public static partial class linalg
    {
        public static Tensor cholesky(Tensor input) => Ops.Call("linalg_cholesky", input);
        public static Tensor det(Tensor input) => Ops.Call("linalg_det", input);
        public static (Tensor, Tensor) slogdet(Tensor input) => Ops.Call2("linalg_slogdet", input);
        public static (Tensor, Tensor) eig(Tensor input) => Ops.Call2("linalg_eig", input);
        public static Tensor eigvals(Tensor input) => Ops.Call("linalg_eigvals", input);
        public static (Tensor, Tensor) eigh(Tensor input, char UPLO = 'L') => Ops.Call2("linalg_eigh", input, UPLO.ToString());
        public static Tensor eigvalsh(Tensor input, char UPLO = 'L') => Ops.Call("linalg_eigvalsh", input, UPLO.ToString());
        public static Tensor inv(Tensor input) => Ops.Call("linalg_inv", input);
        public static Tensor pinv(Tensor input, double? atol = null, double? rtol = null, bool hermitian = false) =>
            Ops.Call("linalg_pinv.atol_rtol_float", input, atol, rtol, hermitian);
        public static (Tensor, Tensor) qr(Tensor input, QRMode mode = QRMode.Reduced) => Ops.Call2("linalg_qr", input, mode.ToString().ToLowerInvariant());
        public static Tensor solve(Tensor A, Tensor B, bool left = true) => Ops.Call("linalg_solve", A, B, left);
        public static (Tensor, Tensor, Tensor) svd(Tensor input, bool fullMatrices = true) => Ops.Call3("linalg_svd", input, fullMatrices);
        public static Tensor svdvals(Tensor input) => Ops.Call("linalg_svdvals", input);
        public static Tensor multi_dot(IList<Tensor> tensors) => Ops.Call("linalg_multi_dot", (Value)tensors.ToArray());
        public static Tensor vector_norm(Tensor input, double ord = 2, long[]? dims = null, bool keepdim = false) =>
            Ops.Call("linalg_vector_norm", input, ord, dims, keepdim);

        public enum QRMode { Reduced = 0, Complete = 1, R = 2 }
    }
}
