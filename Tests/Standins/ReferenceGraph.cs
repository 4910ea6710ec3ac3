using System.Reflection;
using System.Reflection.Emit;

namespace Tests.Standins;

/// <summary>What of one assembly the code of others reaches: by instructions, signatures, inheritance and overriding, and on through its own code.</summary>
internal sealed class ReferenceGraph
{
    private const BindingFlags Own = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance | BindingFlags.DeclaredOnly;

    private static readonly Dictionary<short, OpCode> Codes = typeof(OpCodes).GetFields()
        .Select(field => (OpCode)field.GetValue(null)!).ToDictionary(code => code.Value);

    private readonly Assembly _target;
    private readonly HashSet<int> _reached = [];
    private readonly List<Type> _types = [];
    private readonly Queue<MethodBase> _pending = [];

    public ReferenceGraph(Assembly target, IEnumerable<Type> users)
    {
        _target = target;
        foreach (var user in users) ReachFrom(user);
        do Drain(); while (ReachOverrides());
    }

    public bool Contains(MemberInfo member) => member switch
    {
        PropertyInfo property => property.GetAccessors(nonPublic: true).Any(Contains),
        EventInfo happening => Contains(happening.AddMethod!),
        _ => _reached.Contains(member.MetadataToken),
    };

    private void ReachFrom(Type user)
    {
        ReachType(user.BaseType);
        foreach (var contract in user.GetInterfaces().Except(user.BaseType?.GetInterfaces() ?? [])) ReachType(contract);
        foreach (var field in user.GetFields(Own)) ReachType(field.FieldType);
        foreach (var method in Methods(user))
        {
            if (method is MethodInfo overriding) Reach(overriding.GetBaseDefinition());
            Follow(method);
        }
    }

    private void Drain()
    {
        while (_pending.TryDequeue(out var method)) Follow(method);
    }

    private bool ReachOverrides()
    {
        for (var i = 0; i < _types.Count; i++)
        {
            var type = _types[i];
            foreach (var method in type.GetMethods(Own).Where(method => method.IsVirtual && !method.IsAbstract))
                if (Contains(method) || IsNeeded(method.GetBaseDefinition())) { Reach(method); Reach(method.GetBaseDefinition()); }
            foreach (var method in type.GetMethods(Own).Where(method => method.Name.StartsWith("op_", StringComparison.Ordinal) && Contains(method)))
                foreach (var pair in type.GetMethods(Own).Where(other => IsPair(method, other))) Reach(pair);
            if (type.IsInterface) continue;
            foreach (var map in type.GetInterfaces().Select(type.GetInterfaceMap))
                for (var j = 0; j < map.TargetMethods.Length; j++)
                    if (map.TargetMethods[j] is { } target && IsNeeded(map.InterfaceMethods[j])) Reach(target);
        }
        return _pending.Count > 0;
    }

    private bool IsNeeded(MethodInfo contract) => contract.Module.Assembly != _target || Contains(contract);

    // The language asks for both of a pair of comparisons.
    private static bool IsPair(MethodInfo one, MethodInfo other) => (one.Name, other.Name) is
        ("op_Equality", "op_Inequality") or ("op_Inequality", "op_Equality") or
        ("op_LessThan", "op_GreaterThan") or ("op_GreaterThan", "op_LessThan") or
        ("op_LessThanOrEqual", "op_GreaterThanOrEqual") or ("op_GreaterThanOrEqual", "op_LessThanOrEqual")
        && one.GetParameters().Select(p => p.ParameterType).SequenceEqual(other.GetParameters().Select(p => p.ParameterType));

    private void Reach(MemberInfo? member)
    {
        switch (member)
        {
            case Type type: ReachType(type); return;
            case MethodInfo { IsGenericMethod: true, IsGenericMethodDefinition: false } made: Array.ForEach(made.GetGenericArguments(), ReachType); break;
            case null: return;
        }
        ReachType(member.DeclaringType);
        if (member.Module.Assembly != _target || !_reached.Add(member.MetadataToken)) return;
        foreach (var attribute in member.CustomAttributes) Reach(attribute.Constructor);
        if (member is FieldInfo field) ReachType(field.FieldType);
        if (member is MethodInfo { IsGenericMethod: true } generic) ReachConstraints(generic.GetGenericArguments());
        if (member is MethodBase method) _pending.Enqueue(method.Module.ResolveMethod(method.MetadataToken)!);
    }

    private void ReachType(Type? type)
    {
        if (type is null || type.IsGenericParameter) return;
        if (type.HasElementType) { ReachType(type.GetElementType()); return; }
        if (type.IsFunctionPointer) return;
        if (type.IsGenericType && !type.IsGenericTypeDefinition)
        {
            Array.ForEach(type.GetGenericArguments(), ReachType);
            type = type.GetGenericTypeDefinition();
        }
        if (type.Assembly != _target || !_reached.Add(type.MetadataToken)) return;
        _types.Add(type);
        ReachType(type.DeclaringType);
        ReachType(type.BaseType);
        ReachConstraints(type.GetGenericArguments());
        foreach (var attribute in type.CustomAttributes) Reach(attribute.Constructor);
        if (type.TypeInitializer is { } initializer) Reach(initializer);
    }

    private void ReachConstraints(Type[] parameters)
    {
        foreach (var parameter in parameters.Where(parameter => parameter.IsGenericParameter))
            Array.ForEach(parameter.GetGenericParameterConstraints(), ReachType);
    }

    private void Follow(MethodBase method)
    {
        foreach (var parameter in method.GetParameters()) ReachType(parameter.ParameterType);
        if (method is MethodInfo { ReturnType: var result }) ReachType(result);
        if (method.GetMethodBody() is not { } body) return;
        foreach (var variable in body.LocalVariables) ReachType(variable.LocalType);
        var typeArguments = method.DeclaringType!.GetGenericArguments();
        var methodArguments = method.IsGenericMethod ? method.GetGenericArguments() : [];
        foreach (var (code, token) in Tokens(body.GetILAsByteArray()!))
        {
            // What is only assigned while an object or a type is being made is not yet used.
            if (method is ConstructorInfo && (code == OpCodes.Stfld || code == OpCodes.Stsfld)) continue;
            Reach(method.Module.ResolveMember(token, typeArguments, methodArguments));
        }
    }

    private static IEnumerable<MethodBase> Methods(Type type) => type.GetMethods(Own).Concat<MethodBase>(type.GetConstructors(Own));

    private static IEnumerable<(OpCode Code, int Token)> Tokens(byte[] instructions)
    {
        for (var i = 0; i < instructions.Length;)
        {
            var code = Codes[instructions[i] == 0xFE ? (short)(0xFE00 | instructions[++i]) : instructions[i]];
            i++;
            if (code.OperandType is OperandType.InlineField or OperandType.InlineMethod or OperandType.InlineTok or OperandType.InlineType)
                yield return (code, BitConverter.ToInt32(instructions, i));
            i += code.OperandType switch
            {
                OperandType.InlineNone => 0,
                OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
                OperandType.InlineVar => 2,
                OperandType.InlineI8 or OperandType.InlineR => 8,
                OperandType.InlineSwitch => 4 + 4 * BitConverter.ToInt32(instructions, i),
                _ => 4,
            };
        }
    }
}
