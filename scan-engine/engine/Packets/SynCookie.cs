using System.Numerics;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;

namespace VulnDiag.Engine.Packets;

/// <summary>
/// The sequence number of a SYN says what it asked: an answer acknowledges it, so that only answers to our own probes count, and no
/// table of probes is needed to know them.
/// </summary>
/// <remarks>
/// The upper 29 bits are a keyed hash of both ends, the lower three the number of the attempt. The hash is SipHash-2-4 (Aumasson and
/// Bernstein, "SipHash: a fast short-input PRF", 2012) over 24 bytes. Immutable.
/// A scan is over in a second where a host answers at once, before the runtime would have optimised the hot methods by itself: they ask for it.
/// </remarks>
internal sealed class SynCookie(ulong key0, ulong key1)
{
    /// <summary>The highest number of an attempt.</summary>
    public const int MaxAttempt = 7;

    /// <summary>A cookie with a key that nobody can foresee.</summary>
    public static SynCookie Random()
    {
        var key = RandomNumberGenerator.GetBytes(16);
        return new SynCookie(BitConverter.ToUInt64(key, 0), BitConverter.ToUInt64(key, 8));
    }

    /// <summary>The sequence number of one probe.</summary>
    /// <param name="target">Its address as a number.</param>
    /// <param name="port">The port asked.</param>
    /// <param name="ownPort">The port asked from.</param>
    /// <param name="attempt">0 to <see cref="MaxAttempt"/>.</param>
    public uint Sequence(UInt128 target, int port, int ownPort, int attempt) => (Tag(target, port, ownPort) & ~7u) | ((uint)attempt & 7);

    /// <summary>Reads the attempt back from a sequence number that an answer names.</summary>
    /// <returns>False when no probe of ours carried it.</returns>
    public bool TryRead(uint sequence, UInt128 target, int port, int ownPort, out int attempt)
    {
        attempt = (int)(sequence & 7);
        return (sequence & ~7u) == (Tag(target, port, ownPort) & ~7u);
    }

    /// <summary>SipHash-2-4 of three words of eight bytes, least byte first.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal ulong Hash(ulong first, ulong second, ulong third)
    {
        var state = new Sip(key0, key1);
        state.Take(first);
        state.Take(second);
        state.Take(third);
        state.Take(24UL << 56);
        return state.End();
    }

    private uint Tag(UInt128 target, int port, int ownPort) => (uint)Hash((ulong)target, (ulong)(target >> 64), ((ulong)(uint)port << 16) | (uint)ownPort);

    private struct Sip(ulong key0, ulong key1)
    {
        private ulong _a = key0 ^ 0x736f6d6570736575, _b = key1 ^ 0x646f72616e646f6d, _c = key0 ^ 0x6c7967656e657261, _d = key1 ^ 0x7465646279746573;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Take(ulong word)
        {
            _d ^= word;
            Round();
            Round();
            _a ^= word;
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public ulong End()
        {
            _c ^= 0xff;
            for (var round = 0; round < 4; round++) Round();
            return _a ^ _b ^ _c ^ _d;
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private void Round()
        {
            _a += _b;
            _b = BitOperations.RotateLeft(_b, 13) ^ _a;
            _a = BitOperations.RotateLeft(_a, 32);
            _c += _d;
            _d = BitOperations.RotateLeft(_d, 16) ^ _c;
            _a += _d;
            _d = BitOperations.RotateLeft(_d, 21) ^ _a;
            _c += _b;
            _b = BitOperations.RotateLeft(_b, 17) ^ _c;
            _c = BitOperations.RotateLeft(_c, 32);
        }
    }
}
