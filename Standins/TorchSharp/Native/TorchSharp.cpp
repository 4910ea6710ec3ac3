// The native half of the stand-in: one generic call into ATen's dispatcher, and the few things that are no operators.
// A tensor handle is a TensorImpl pointer that owns one reference; zero stands for "no tensor".
#include <ATen/ATen.h>
#include <ATen/CPUGeneratorImpl.h>
#include <ATen/Parallel.h>
#include <ATen/core/dispatch/Dispatcher.h>
#include <ATen/ops/dot_native.h>
#include <ATen/ops/vdot_native.h>
#include <c10/core/GradMode.h>
#include <torch/csrc/autograd/autograd.h>
#include <torch/csrc/autograd/variable.h>
#include <torch/cuda.h>
#include <torch/library.h>
#include <torch/version.h>
#include <climits>
#include <cstdlib>
#include <cstring>
#include <mutex>
#include <string>
#include <vector>
#ifdef __GLIBC__
#include <malloc.h>
#endif

#define EXPORT extern "C" __attribute__((visibility("default")))

using Impl = c10::TensorImpl;
using Handle = Impl*;

namespace {

thread_local std::string error;
thread_local std::vector<Handle> list; // the elements of the last tensor list that an operator returned

#ifdef __GLIBC__
// A training step takes and frees some hundred MB. By default glibc gives those pages back to the kernel each time and a
// sixth of the step goes into page faults; kept, they are used again by the next step. The user's own settings win.
[[gnu::constructor]] void keepPages() {
    if (!std::getenv("MALLOC_MMAP_THRESHOLD_")) mallopt(M_MMAP_THRESHOLD, 64 << 20);
    if (!std::getenv("MALLOC_TRIM_THRESHOLD_")) mallopt(M_TRIM_THRESHOLD, INT_MAX);
}
#endif

enum Kind : int64_t { Default, None, Tensor, Int, Double, Bool, Complex, IntList, TensorList, OptionalTensorList, String, Device, Generator };

struct Value { int64_t kind, first, second; };

struct Operator {
    c10::OperatorHandle handle;
    std::vector<c10::IValue> defaults; // None where the schema has none, so that a missing argument is reported by ATen
    std::vector<c10::TypeKind> kinds;
};

at::Tensor borrow(Handle handle) {
    return handle ? at::Tensor(c10::intrusive_ptr<Impl, at::UndefinedTensorImpl>::reclaim_copy(handle)) : at::Tensor();
}

Handle give(at::Tensor tensor) {
    if (!tensor.defined()) return nullptr;
    return tensor.unsafeReleaseTensorImpl();
}

std::vector<at::Tensor> borrow(const Handle* handles, int64_t count) {
    std::vector<at::Tensor> tensors;
    tensors.reserve(count);
    for (int64_t i = 0; i < count; i++) tensors.push_back(borrow(handles[i]));
    return tensors;
}

// Runs the body; an error of ATen is kept as text for Error() and answered by the given value.
template <typename Result, typename Body> Result guarded(Result failure, Body body) {
    try { error.clear(); return body(); }
    catch (const c10::Error& e) { error = e.what_without_backtrace(); }
    catch (const std::exception& e) { error = e.what(); }
    catch (...) { error = "an unknown error in libtorch"; }
    if (error.empty()) error = "an error without a message in libtorch";
    return failure;
}

double real(int64_t bits) { double value; std::memcpy(&value, &bits, sizeof value); return value; }
int64_t bits(double value) { int64_t result; std::memcpy(&result, &value, sizeof result); return result; }

c10::TypeKind kindOf(const c10::Argument& argument) {
    auto type = argument.type();
    if (auto optional = type->cast<c10::OptionalType>()) type = optional->getElementType();
    return type->kind();
}

c10::IValue toIValue(const Value& value, c10::TypeKind wanted, const c10::IValue& standard) {
    switch (value.kind) {
    case None: return {};
    case Tensor: return borrow(reinterpret_cast<Handle>(value.first));
    case Int:
        if (wanted == c10::TypeKind::FloatType) return static_cast<double>(value.first);
        if (wanted == c10::TypeKind::ListType) return c10::List<int64_t>({value.first});
        return value.first;
    case Double: return real(value.first);
    case Bool: return value.first != 0;
    case Complex: return c10::complex<double>(real(value.first), real(value.second));
    case IntList: return at::IntArrayRef(reinterpret_cast<const int64_t*>(value.first), value.second);
    case TensorList: return c10::List<at::Tensor>(borrow(reinterpret_cast<const Handle*>(value.first), value.second));
    case OptionalTensorList: {
        c10::impl::GenericList optional(c10::OptionalType::ofTensor());
        for (auto& tensor : borrow(reinterpret_cast<const Handle*>(value.first), value.second))
            optional.push_back(tensor.defined() ? c10::IValue(std::move(tensor)) : c10::IValue());
        return optional;
    }
    case String: return std::string(reinterpret_cast<const char*>(value.first), value.second);
    case Device: return c10::Device(static_cast<c10::DeviceType>(value.first), static_cast<c10::DeviceIndex>(value.second));
    case Generator: return *reinterpret_cast<at::Generator*>(value.first);
    default: return standard;
    }
}

Value toValue(c10::IValue&& value) {
    if (value.isTensor()) return {Tensor, reinterpret_cast<int64_t>(give(std::move(value).toTensor())), 0};
    if (value.isInt()) return {Int, value.toInt(), 0};
    if (value.isDouble()) return {Double, bits(value.toDouble()), 0};
    if (value.isBool()) return {Bool, value.toBool(), 0};
    if (value.isComplexDouble()) return {Complex, bits(value.toComplexDouble().real()), bits(value.toComplexDouble().imag())};
    if (value.isTensorList()) {
        list.clear();
        for (const at::Tensor& tensor : value.toTensorVector()) list.push_back(give(tensor));
        return {TensorList, reinterpret_cast<int64_t>(list.data()), static_cast<int64_t>(list.size())};
    }
    return {None, 0, 0};
}

// Inner products of complex vectors without BLAS. A libtorch built for one way of returning complex numbers and run with a
// BLAS of the other (Debian's with OpenBLAS, for one) silently answers zero.
at::Tensor inner(const at::Tensor& left, const at::Tensor& right, const char* name) {
    TORCH_CHECK(left.dim() == 1 && right.dim() == 1, "1D tensors expected, but got ", left.dim(), "D and ", right.dim(), "D tensors");
    TORCH_CHECK(left.scalar_type() == right.scalar_type(), name, " : expected both vectors to have same dtype, but found ", left.scalar_type(), " and ", right.scalar_type());
    TORCH_CHECK(left.numel() == right.numel(), "inconsistent tensor size, expected tensor [", left.numel(), "] and src [", right.numel(), "] to have the same number of elements, but got ", left.numel(), " and ", right.numel(), " elements respectively");
    return at::sum(at::mul(left, right));
}
at::Tensor dot(const at::Tensor& left, const at::Tensor& right) { return left.is_complex() ? inner(left, right, "dot") : at::native::dot(left, right); }
at::Tensor vdot(const at::Tensor& left, const at::Tensor& right) { return left.is_complex() ? inner(left.conj(), right, "vdot") : at::native::vdot(left, right); }

#if TORCH_VERSION_MAJOR == 1
using WarningGuard = c10::Warning::WarningHandlerGuard;
struct Quiet : c10::WarningHandler { void process(const c10::SourceLocation&, const std::string&, const bool) override {} };
#else
using WarningGuard = c10::WarningUtils::WarningHandlerGuard;
struct Quiet : c10::WarningHandler { void process(const c10::Warning&) override {} };
#endif

} // namespace

// Called once before anything else: puts right what is known to be wrong in some builds of libtorch.
EXPORT int64_t Prepare() {
    return guarded<int64_t>(-1, [] {
        const auto probe = at::full({2}, c10::complex<double>(1, 2), at::kComplexDouble);
        if (at::vdot(probe, probe).item<c10::complex<double>>() == c10::complex<double>(10, 0)) return int64_t{0};
        Quiet quiet; // replacing a kernel warns
        WarningGuard guard(&quiet);
        static torch::Library library(torch::Library::IMPL, "aten", c10::DispatchKey::CPU, __FILE__, __LINE__);
        library.impl("dot", TORCH_FN(dot)).impl("vdot", TORCH_FN(vdot));
        return int64_t{1};
    });
}

EXPORT const char* Error() { return error.c_str(); }

EXPORT Operator* FindOperator(const char* name, const char* overload) {
    return guarded<Operator*>(nullptr, [&] {
        auto found = new Operator{c10::Dispatcher::singleton().findSchemaOrThrow(name, overload), {}, {}};
        for (const auto& argument : found->handle.schema().arguments()) {
            found->defaults.push_back(argument.default_value().value_or(c10::IValue()));
            found->kinds.push_back(kindOf(argument));
        }
        return found;
    });
}

// Calls an operator and answers the number of its results, of which at most `capacity` are handed out; -1 after an error.
EXPORT int64_t Invoke(const Operator* op, const Value* arguments, int64_t count, Value* results, int64_t capacity) {
    return guarded<int64_t>(-1, [&] {
        const auto expected = static_cast<int64_t>(op->kinds.size());
        TORCH_CHECK(count <= expected, op->handle.schema().name(), " takes ", expected, " arguments, not ", count);
        std::vector<c10::IValue> stack;
        stack.reserve(expected);
        for (int64_t i = 0; i < expected; i++)
            stack.push_back(i < count ? toIValue(arguments[i], op->kinds[i], op->defaults[i]) : op->defaults[i]);
        op->handle.callBoxed(stack);
        const auto returned = static_cast<int64_t>(stack.size());
        for (int64_t i = 0; i < returned && i < capacity; i++) results[i] = toValue(std::move(stack[i]));
        return returned;
    });
}

EXPORT void Release(Handle handle) {
    c10::intrusive_ptr<Impl, at::UndefinedTensorImpl>::reclaim(handle);
}

// Dimensions, elements, element type, device type and index, element size, and flags.
EXPORT int64_t Describe(Handle handle, int64_t* facts) {
    return guarded<int64_t>(-1, [&] {
        const auto tensor = borrow(handle);
        const int64_t all[] = {tensor.dim(), tensor.numel(), static_cast<int64_t>(tensor.scalar_type()),
            static_cast<int64_t>(tensor.device().type()), tensor.device().index(), static_cast<int64_t>(tensor.element_size()),
            tensor.requires_grad() | tensor.is_contiguous() << 1};
        std::memcpy(facts, all, sizeof all);
        return int64_t{0};
    });
}

EXPORT int64_t Sizes(Handle handle, int64_t* sizes, int64_t* strides) {
    return guarded<int64_t>(-1, [&] {
        const auto tensor = borrow(handle);
        for (int64_t i = 0; i < tensor.dim(); i++) {
            if (sizes) sizes[i] = tensor.size(i);
            if (strides) strides[i] = tensor.stride(i);
        }
        return tensor.dim();
    });
}

EXPORT void* Data(Handle handle) { return guarded<void*>(nullptr, [&] { return borrow(handle).data_ptr(); }); }

EXPORT int64_t SetRequiresGrad(Handle handle, bool value) {
    return guarded<int64_t>(-1, [&] { borrow(handle).set_requires_grad(value); return int64_t{0}; });
}
EXPORT Handle GetGrad(Handle handle) { return guarded<Handle>(nullptr, [&] { return give(borrow(handle).grad()); }); }
EXPORT int64_t SetGrad(Handle handle, Handle value) {
    return guarded<int64_t>(-1, [&] { borrow(handle).mutable_grad() = borrow(value); return int64_t{0}; });
}

EXPORT int64_t Backward(const Handle* tensors, int64_t count, const Handle* gradients, int64_t gradientCount, bool retain, bool create,
                        const Handle* inputs, int64_t inputCount) {
    return guarded<int64_t>(-1, [&] {
        torch::autograd::backward(borrow(tensors, count), borrow(gradients, gradientCount), retain, create, borrow(inputs, inputCount));
        return int64_t{0};
    });
}

EXPORT bool GetGradMode() { return c10::GradMode::is_enabled(); }
EXPORT void SetGradMode(bool value) { c10::GradMode::set_enabled(value); }

EXPORT at::Generator* NewGenerator(uint64_t seed, int64_t type, int64_t index) {
    return guarded<at::Generator*>(nullptr, [&] {
        if (static_cast<c10::DeviceType>(type) == c10::DeviceType::CPU) return new at::Generator(at::detail::createCPUGenerator(seed));
        const auto device = c10::Device(static_cast<c10::DeviceType>(type), static_cast<c10::DeviceIndex>(index));
        auto generator = new at::Generator(at::globalContext().defaultGenerator(device).clone());
        generator->set_current_seed(seed);
        return generator;
    });
}
EXPORT at::Generator* DefaultGenerator() { return new at::Generator(at::detail::getDefaultCPUGenerator()); }
EXPORT void FreeGenerator(at::Generator* generator) { delete generator; }
EXPORT Handle GetState(at::Generator* generator) {
    return guarded<Handle>(nullptr, [&] { std::lock_guard<std::mutex> lock(generator->mutex()); return give(generator->get_state()); });
}

EXPORT int64_t GetThreads() { return at::get_num_threads(); }
EXPORT int64_t SetThreads(int64_t count) { return guarded<int64_t>(-1, [&] { at::set_num_threads(static_cast<int>(count)); return int64_t{0}; }); }

EXPORT int64_t CudaDevices() { return guarded<int64_t>(0, [] { return static_cast<int64_t>(torch::cuda::device_count()); }); }
EXPORT const char* Version() { return TORCH_VERSION; }
