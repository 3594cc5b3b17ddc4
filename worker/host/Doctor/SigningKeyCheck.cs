using VulnDiag.Engine.Authorization;

namespace VulnDiag.Worker.Doctor;

/// <summary>Whether the signing key can be used and is readable by its owner only.</summary>
internal sealed class SigningKeyCheck : IDoctorCheck
{
    public string Name => "signing key";

    public async Task<Diagnosis> LookAsync(DoctorRoom room, CancellationToken cancellationToken)
    {
        if (!File.Exists(room.Paths.SigningKey)) return new Diagnosis(Name, Verdict.Good, $"{room.Paths.SigningKey} is made on first use.");
        try
        {
            using var key = await AuthorizationKeys.OpenPrivateAsync(room.Paths.SigningKey, cancellationToken);
            return new Diagnosis(Name, Verdict.Good, $"{room.Paths.SigningKey} can be used, and by its owner only.");
        }
        catch (SigningKeyException fault)
        {
            return new Diagnosis(Name, Verdict.Mend, fault.Message);
        }
    }
}
