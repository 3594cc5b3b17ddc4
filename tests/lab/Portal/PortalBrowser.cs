using System.Net;
using System.Text;
using System.Text.RegularExpressions;

namespace VulnDiag.Lab.Portal;

/// <summary>A browser without script: keeps cookies, follows redirects, fills in the forms that a page has.</summary>
public sealed partial class PortalBrowser : IDisposable
{
    private readonly HttpClient _http;

    public PortalBrowser(Uri site)
    {
        Cookies = new CookieContainer();
        _http = new HttpClient(new HttpClientHandler { CookieContainer = Cookies, AllowAutoRedirect = false }) { BaseAddress = site };
    }

    public CookieContainer Cookies { get; }

    /// <summary>The last page's markup.</summary>
    public string Html { get; private set; } = "";

    /// <summary>The last page's path and query.</summary>
    public string Path { get; private set; } = "";

    public HttpResponseMessage Answer { get; private set; } = null!;

    public HttpStatusCode Status => Answer.StatusCode;

    /// <summary>The page without its tags, as it is read.</summary>
    public string Text => WebUtility.HtmlDecode(Tags().Replace(Html, " "));

    public void Dispose() => _http.Dispose();

    public Task Open(string path) => Send(() => new HttpRequestMessage(HttpMethod.Get, path), follow: true);

    public Task OpenOnly(string path, params (string Name, string Value)[] headers) => Send(() => With(new HttpRequestMessage(HttpMethod.Get, path), headers), follow: false);

    public async Task LogIn(string user, string password)
    {
        await Open("/login");
        await Submit("/login", ("name", user), ("password", password));
    }

    /// <summary>Sends the form on the page whose action begins so: its own values, with those given in their place.</summary>
    public Task Submit(string action, params (string Name, string Value)[] values)
    {
        var form = Forms().Matches(Html).FirstOrDefault(form => WebUtility.HtmlDecode(form.Groups["action"].Value).StartsWith(action, StringComparison.Ordinal));
        form.ShouldNotBeNull($"no form {action} on {Path}: {Text}");
        var own = Values(form.Groups["inner"].Value).Where(value => values.All(given => given.Name != value.Name));
        return Post(WebUtility.HtmlDecode(form.Groups["action"].Value), [.. own, .. values.Where(static value => value.Value.Length > 0 || value.Name != "drop")]);
    }

    /// <summary>Sends values as they are given.</summary>
    public Task Post(string path, params (string Name, string Value)[] values) => Post(path, values, []);

    /// <summary>Sends values and files.</summary>
    public Task Post(string path, (string Name, string Value)[] values, (string Input, string Name, byte[] Content)[] files) => Send(
        () =>
        {
            var content = new MultipartFormDataContent("plain-boundary") { HeaderEncodingSelector = static (_, _) => Encoding.UTF8 };
            foreach (var (name, value) in values) content.Add(new StringContent(value), $"\"{name}\"");
            foreach (var (input, name, bytes) in files)
            {
                var part = new ByteArrayContent(bytes);
                part.Headers.TryAddWithoutValidation("Content-Disposition", $"form-data; name=\"{input}\"; filename=\"{name}\"");
                content.Add(part);
            }

            return new HttpRequestMessage(HttpMethod.Post, path) { Content = content };
        },
        follow: true);

    /// <summary>The names and values of the inputs in a form, or on the whole page.</summary>
    public static IEnumerable<(string Name, string Value)> Values(string html)
    {
        foreach (Match input in Inputs().Matches(html))
        {
            var tag = input.Value;
            var name = Attribute(tag, "name");
            if (name.Length == 0 || Attribute(tag, "type") is "file" or "submit") continue;
            if (Attribute(tag, "type") is "checkbox" or "radio" && !tag.Contains(" checked", StringComparison.Ordinal)) continue;
            if (tag.StartsWith("<select", StringComparison.Ordinal))
            {
                foreach (Match option in Chosen().Matches(tag)) yield return (name, WebUtility.HtmlDecode(option.Groups["value"].Value));
            }
            else if (tag.StartsWith("<textarea", StringComparison.Ordinal))
            {
                yield return (name, WebUtility.HtmlDecode(input.Groups["text"].Value).TrimStart('\n'));
            }
            else
            {
                yield return (name, Attribute(tag, "value"));
            }
        }
    }

    public string Value(string name) => Values(Html).Where(value => value.Name == name).Select(static value => value.Value).FirstOrDefault() ?? "";

    private static string Attribute(string tag, string name)
    {
        var match = Regex.Match(tag[..(tag.IndexOf('>', StringComparison.Ordinal) + 1)], $@"\s{name}=""(?<value>[^""]*)""");
        return WebUtility.HtmlDecode(match.Groups["value"].Value);
    }

    private async Task Send(Func<HttpRequestMessage> request, bool follow)
    {
        using var first = request();
        Answer = await _http.SendAsync(first);
        for (var step = 0; follow && step < 5 && Answer.Headers.Location is { } next; step++)
        {
            Path = next.ToString();
            Answer = await _http.GetAsync(next);
        }

        Path = Answer.RequestMessage!.RequestUri!.PathAndQuery;
        Html = await Answer.Content.ReadAsStringAsync();
    }

    private static HttpRequestMessage With(HttpRequestMessage request, (string Name, string Value)[] headers)
    {
        foreach (var (name, value) in headers) request.Headers.TryAddWithoutValidation(name, value);
        return request;
    }

    [GeneratedRegex(@"<form [^>]*?action=""(?<action>[^""]*)""[^>]*>(?<inner>.*?)</form>", RegexOptions.Singleline)]
    private static partial Regex Forms();

    [GeneratedRegex(@"<input [^>]*>|<textarea [^>]*>(?<text>.*?)</textarea>|<select [^>]*>.*?</select>", RegexOptions.Singleline)]
    private static partial Regex Inputs();

    [GeneratedRegex(@"<option value=""(?<value>[^""]*)"" selected")]
    private static partial Regex Chosen();

    [GeneratedRegex(@"<[^>]*>")]
    private static partial Regex Tags();
}
