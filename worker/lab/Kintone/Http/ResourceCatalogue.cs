using VulnDiag.Lab.Kintone.Errors;

namespace VulnDiag.Lab.Kintone.Http;

/// <summary>All operations by path and method.</summary>
internal sealed class ResourceCatalogue
{
    private readonly Dictionary<string, Dictionary<string, Operation>> _byPath = new(StringComparer.Ordinal);

    public ResourceCatalogue()
    {
        var resources = typeof(IResource).Assembly.GetTypes()
            .Where(type => type.IsAssignableTo(typeof(IResource)) && type is { IsInterface: false, IsAbstract: false })
            .OrderBy(type => type.FullName, StringComparer.Ordinal)
            .Select(type => (IResource)Activator.CreateInstance(type)!);
        foreach (var operation in resources.SelectMany(resource => resource.Operations))
        {
            if (!_byPath.TryGetValue(operation.Path, out var methods)) _byPath[operation.Path] = methods = new(StringComparer.Ordinal);
            methods.Add(operation.Method, operation);
        }
    }

    /// <summary>All operations.</summary>
    public IEnumerable<Operation> All => _byPath.Values.SelectMany(methods => methods.Values);

    /// <summary>The operation for a request.</summary>
    /// <exception cref="Refusal">There is no such path, or not that method.</exception>
    public Operation Find(string method, string path)
    {
        if (!_byPath.TryGetValue(path, out var methods)) throw new Refusal(404, "CB_NF01", MessageId.PathNotFound);
        return methods.TryGetValue(method, out var operation) ? operation : throw new Refusal(405, "CB_IL01", MessageId.MethodNotAllowed);
    }
}
