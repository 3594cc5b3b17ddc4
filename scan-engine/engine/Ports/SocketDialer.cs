using System.Net;
using System.Net.Sockets;

namespace VulnDiag.Engine.Ports;

/// <summary>Connection attempts by the kernel, without privilege.</summary>
/// <remarks>
/// Sockets are closed by a reset (linger 0), so that no TIME_WAIT piles up on either side. Linux repeats an unanswered SYN after one
/// second (RFC 6298 section 2): who gives an attempt up before that sends exactly one packet.
/// </remarks>
internal sealed class SocketDialer : IPortDialer
{
    private static readonly LingerOption ResetOnClose = new(true, 0);

    public IPortAttempt Dial(IPEndPoint endpoint, Action<int, DialAnswer> done)
    {
        try
        {
            var attempt = new Attempt(endpoint, done);
            attempt.Begin();
            return attempt;
        }
        catch (SocketException)
        {
            // No socket to be had (EMFILE, ENOBUFS).
            done(endpoint.Port, DialAnswer.LocalFault);
            return Nothing.Instance;
        }
    }

    private static DialAnswer AnswerOf(SocketError error) => error switch
    {
        SocketError.Success => DialAnswer.Open,
        SocketError.ConnectionRefused or SocketError.ConnectionReset => DialAnswer.Closed,
        SocketError.OperationAborted or SocketError.TimedOut or SocketError.Interrupted => DialAnswer.Silent,
        SocketError.HostUnreachable or SocketError.NetworkUnreachable or SocketError.HostDown => DialAnswer.Prohibited,
        _ => DialAnswer.LocalFault,
    };

    private sealed class Attempt : SocketAsyncEventArgs, IPortAttempt
    {
        private readonly Socket _socket;
        private readonly int _port;
        private readonly Action<int, DialAnswer> _done;

        public Attempt(IPEndPoint endpoint, Action<int, DialAnswer> done)
            : base(true)
        {
            (_port, _done) = (endpoint.Port, done);
            RemoteEndPoint = endpoint;
            _socket = new Socket(endpoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { LingerState = ResetOnClose };
        }

        /// <summary>A connection that was accepted or refused can be written to without waiting, as the kernel sees it.</summary>
        public bool HasAnswer => _socket.Poll(TimeSpan.Zero, SelectMode.SelectWrite);

        public void Begin()
        {
            if (!_socket.ConnectAsync(this)) OnCompleted(this);
        }

        /// <summary>Closing the socket completes a pending attempt with OperationAborted.</summary>
        void IDisposable.Dispose()
        {
            _socket.Dispose();
            Dispose();
        }

        protected override void OnCompleted(SocketAsyncEventArgs e)
        {
            // The socket is not closed here: inside its own completion, closing would wait for the completion to end.
            _done(_port, AnswerOf(SocketError));
        }
    }

    private sealed class Nothing : IPortAttempt
    {
        public static Nothing Instance { get; } = new();

        public bool HasAnswer => true;

        public void Dispose()
        {
        }
    }
}
