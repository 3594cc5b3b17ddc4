using System.ComponentModel.DataAnnotations;
using System.Net;
using System.Net.Mail;
using VulnDiag.Engine.Ports;
using VulnDiag.Model;

namespace VulnDiag.Worker.Options;

/// <summary>Empty, or an http(s) address without a path. Plain http is for the host name localhost alone.</summary>
internal sealed class HttpAddressAttribute : ValidationAttribute
{
    protected override ValidationResult? IsValid(object? value, ValidationContext validationContext)
    {
        if (value is not string { Length: > 0 } text) return ValidationResult.Success;
        if (!Uri.TryCreate(text, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https") || uri.AbsolutePath != "/")
            return new ValidationResult("must be an address such as https://example.cybozu.com, without a path.");
        return uri.Scheme == "http" && uri.Host != "localhost"
            ? new ValidationResult("must be https: plain http is for the host name localhost alone.")
            : ValidationResult.Success;
    }
}

/// <summary>Empty, or one mail address without a display name.</summary>
internal sealed class MailAddressTextAttribute : ValidationAttribute
{
    protected override ValidationResult? IsValid(object? value, ValidationContext validationContext) =>
        value is not string { Length: > 0 } text || (MailAddress.TryCreate(text, out var address) && address.Address == text)
            ? ValidationResult.Success
            : new ValidationResult("must be one mail address, such as shindan@example.jp.");
}

/// <summary>Networks in CIDR notation.</summary>
internal sealed class NetworkListAttribute : ValidationAttribute
{
    protected override ValidationResult? IsValid(object? value, ValidationContext validationContext)
    {
        var wrong = ((IReadOnlyList<string>)value!).Where(static text => !IPNetwork.TryParse(text, out _)).ToList();
        return wrong.Count == 0
            ? ValidationResult.Success
            : new ValidationResult($"must be networks such as 127.0.0.0/8, but holds '{string.Join("', '", wrong)}'.");
    }
}

/// <summary>Ports as <see cref="PortList"/> reads them.</summary>
internal sealed class PortsAttribute(Transport transport) : ValidationAttribute
{
    protected override ValidationResult? IsValid(object? value, ValidationContext validationContext) =>
        PortList.Parse((string)value!, transport).Fault is { } fault ? new ValidationResult($"cannot be read: {fault}") : ValidationResult.Success;
}

/// <summary>IPv4 or IPv6 addresses.</summary>
internal sealed class AddressListAttribute : ValidationAttribute
{
    protected override ValidationResult? IsValid(object? value, ValidationContext validationContext)
    {
        var wrong = ((IReadOnlyList<string>)value!).Where(static text => !IPAddress.TryParse(text, out _)).ToList();
        return wrong.Count == 0
            ? ValidationResult.Success
            : new ValidationResult($"must be IP addresses, but holds '{string.Join("', '", wrong)}'.");
    }
}

/// <summary>Addresses with a port.</summary>
internal sealed class EndPointListAttribute : ValidationAttribute
{
    protected override ValidationResult? IsValid(object? value, ValidationContext validationContext)
    {
        var wrong = ((IReadOnlyList<string>)value!).Where(static text => !IPEndPoint.TryParse(text, out var place) || place.Port == 0).ToList();
        return wrong.Count == 0
            ? ValidationResult.Success
            : new ValidationResult($"must be addresses with a port such as 192.0.2.1:53, but holds '{string.Join("', '", wrong)}'.");
    }
}

/// <summary>Addresses of files. Plain http is for this machine alone; no names or passwords, as settings hold no secrets.</summary>
internal sealed class FeedAddressListAttribute : ValidationAttribute
{
    protected override ValidationResult? IsValid(object? value, ValidationContext validationContext)
    {
        var wrong = ((IReadOnlyList<string>)value!).Where(static text => !IsGood(text)).ToList();
        return wrong.Count == 0
            ? ValidationResult.Success
            : new ValidationResult($"must be https addresses of files, without a user name (http for this machine alone), but holds '{string.Join("', '", wrong)}'.");
    }

    private static bool IsGood(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.UserInfo.Length == 0 && (uri.Scheme == "https" || (uri.Scheme == "http" && uri.IsLoopback));
}
