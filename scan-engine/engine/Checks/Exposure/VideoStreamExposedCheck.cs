namespace VulnDiag.Engine.Checks.Exposure;

/// <summary>A camera's or recorder's pictures are offered to the internet. Nothing is watched.</summary>
internal sealed class VideoStreamExposedCheck() : ExposedService("video-stream-exposed", qod: 95, "rtsp");
