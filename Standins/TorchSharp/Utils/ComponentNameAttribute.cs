using System.Reflection;

namespace TorchSharp.Utils
{
    public class ComponentNameAttribute : Attribute
    {
        public string Name { get; set; } = null!;
    }
}

namespace TorchSharp
{
    using TorchSharp.Utils;

    public static class FieldInfoExtensionMethods
    {
        public static string ComponentName(this FieldInfo field) =>
            field.GetCustomAttribute<ComponentNameAttribute>()?.Name ?? field.Name;
    }
}
