using System.Reflection;
using System.Runtime.CompilerServices;

namespace Tests.Standins;

/// <summary>Of the stand-ins alone: they have what the product calls and no more.</summary>
public sealed class StandinSurfaceTests
{
    private static readonly string[] Users = ["Simulator", "Channels", "Feedback", "Experiments", "Tests"];

    // The loss of benchmarks/TrainingStep, which the tests do not see.
    private static readonly string[] OfTheBenchmark = ["TorchSharp.torch+nn+Reduction", "mse_loss"];

    [Theory]
    [InlineData("TorchSharp")]
    [InlineData("OxyPlot")]
    public void Members_Public_AreReachedByTheProduct(string name)
    {
        var standin = Assembly.Load(name);
        if (standin.GetCustomAttributes<AssemblyMetadataAttribute>().All(data => data.Key != "StandIn")) return; // the real package

        var graph = new ReferenceGraph(standin, Users.SelectMany(TypesOf));
        var unreached = standin.GetTypes().Where(type => type.IsVisible).SelectMany(type => graph.Contains(type)
            ? Members(type).Where(member => !graph.Contains(member) && !BelongsToReached(member, graph) && !OfTheBenchmark.Contains(member.Name))
                .Select(member => $"{type}: {member}")
            : HasOnlyConstants(type) || OfTheBenchmark.Contains(type.ToString()) ? [] : [type.ToString()]);

        Assert.Empty(unreached.Order(StringComparer.Ordinal));
    }

    // The tests of the stand-ins need nothing for themselves.
    private static IEnumerable<Type> TypesOf(string user) => Assembly.Load(user).GetTypes().Where(type => type.Namespace != "Tests.Standins");

    // Enumerators and constants leave no trace in the code that uses them, and a constructor without parameters may be the compiler's.
    private static IEnumerable<MemberInfo> Members(Type type) => type.IsEnum || type.IsSubclassOf(typeof(MulticastDelegate)) ? [] : type
        .GetMembers(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance | BindingFlags.DeclaredOnly)
        .Where(member => !member.IsDefined(typeof(CompilerGeneratedAttribute)) && member switch
        {
            ConstructorInfo constructor => IsVisible(constructor) && constructor.GetParameters().Length > 0,
            MethodInfo method => IsVisible(method) && (!method.IsSpecialName || method.Name.StartsWith("op_", StringComparison.Ordinal)),
            PropertyInfo property => property.GetAccessors(nonPublic: true).Any(IsVisible),
            FieldInfo field => (field.IsPublic || field.IsFamily || field.IsFamilyOrAssembly) && !field.IsLiteral,
            _ => false,
        });

    // Where one of these is called all are there: without an overload for its type C# would convert a number and silently call another,
    // with another element type as its result.
    private static bool BelongsToReached(MemberInfo member, ReferenceGraph graph) => member is MethodInfo method && IsOverloadedOnNumbers(method)
        && method.DeclaringType!.GetMember(method.Name).Any(graph.Contains);

    private static bool IsOverloadedOnNumbers(MethodInfo method) => method.Name switch
    {
        "op_Implicit" or "op_Explicit" => false,
        "tensor" => method.GetParameters()[0].ParameterType.IsPrimitive,
        _ => method.IsSpecialName,
    };

    private static bool HasOnlyConstants(Type type) => type is { IsAbstract: true, IsSealed: true }
        && type.GetMembers(BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly).All(member => member is FieldInfo { IsLiteral: true });

    private static bool IsVisible(MethodBase method) => method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly;
}
