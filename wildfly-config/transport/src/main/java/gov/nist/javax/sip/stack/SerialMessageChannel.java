// SPDX-License-Identifier: AGPL-3.0-or-later
package gov.nist.javax.sip.stack;

import gov.nist.javax.sip.message.SIPMessage;
import gov.nist.javax.sip.message.SIPRequest;
import gov.nist.javax.sip.message.SIPResponse;
import gov.nist.javax.sip.parser.ParseExceptionListener;
import io.ifbus.sip.transport.Arrival;
import io.ifbus.sip.transport.IpLiteral;
import io.ifbus.sip.transport.PlainAnswer;
import io.ifbus.sip.transport.RawMessage;
import io.ifbus.sip.transport.Wire;
import io.ifbus.sip.transport.WireCounters.Reject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.text.ParseException;
import javax.sip.address.Hop;
import javax.sip.message.Request;

/**
 * What our channels have in common: one message's way from its bytes to the transaction layer, on its call's queue.
 *
 * <p>Sending is safe for use by any thread; {@link #handle} runs on the call's queue.
 */
abstract class SerialMessageChannel extends MessageChannel implements RawMessageChannel, ParseExceptionListener {
    protected final SIPTransactionStack stack;
    protected final Wire wire;
    private final Outgoing outgoing; // the connector's
    private volatile SerialMessageChannel substitute; // where this connector's addresses are of the other family

    SerialMessageChannel(SerialMessageProcessor processor) {
        this.stack = processor.getSIPStack();
        this.wire = processor.wire;
        this.messageProcessor = processor;
        this.outgoing = processor.outgoing;
    }

    /**
     * Puts {@code bytes} on the wire.
     *
     * @param message what the bytes are, or null when they are a response that was sent before
     */
    abstract void write(byte[] bytes, InetAddress address, int port, SIPMessage message) throws IOException;

    /** Sends a response for which there is no transaction to where the request came from. */
    abstract void reply(byte[] response) throws IOException;

    /** Takes note of a message that is about to be processed. */
    void seen(SIPMessage message) {
        // most transports have nothing to learn from it
    }

    /** Where the message that is being handled came from. */
    abstract InetSocketAddress source();

    // ---- in ----

    /** Hands in one message from the socket. */
    final void arrived(byte[] bytes, InetSocketAddress local) {
        wire.arrived(messageProcessor.getTransport(), local, source(), bytes, new Arrival() {
            @Override
            public void handle() {
                SerialMessageChannel.this.handle(RawMessage.alone(RawMessage.unfolded(bytes)));
            }

            @Override
            public void reply(byte[] response) {
                SerialMessageChannel.this.answer(response);
            }

            @Override
            public boolean isKnown(String branch) {
                return stack.findTransaction(branch, true) != null;
            }
        });
    }

    /** Parses and processes one message; called on the queue of its call. */
    private void handle(byte[] bytes) {
        if (RawMessage.contradictsItself(bytes)) {
            refuse(bytes);
            return;
        }
        SIPMessage message;
        try {
            message = stack.getMessageParserFactory()
                    .createMessageParser(stack)
                    .parseSIPMessage(bytes, true, false, this);
        } catch (ParseException | RuntimeException e) { // some of its header parsers fail on what they don't expect
            refuse(bytes);
            return;
        }
        if (message == null || !Incoming.isComplete(message)) {
            wire.rejected(Reject.UNPARSABLE, source(), "a message that lacks what an answer must repeat");
            return;
        }
        if (message instanceof SIPRequest request) {
            int refusal = Incoming.refusalOf(request, bytes, isReliable(), stack);
            if (refusal != 0) {
                answer(request, refusal);
                return;
            }
            Incoming.markSource(request, source());
            Incoming.completeAck(request);
        } else if (!outgoing.isOurs(message.getTopmostVia())) {
            return; // RFC 3261 section 18.1.2: an answer to somebody else is discarded
        }
        seen(message);
        process(message);
    }

    /** A message that we sent to ourselves. */
    @Override
    public final void processMessage(SIPMessage message) {
        wire.queue(message.getCallId().getCallId(), () -> process(message));
    }

    private void process(SIPMessage message) {
        InetSocketAddress source = source();
        message.setRemoteAddress(source.getAddress());
        message.setRemotePort(source.getPort());
        message.setLocalAddress(localAddress());
        message.setLocalPort(getPort());
        message.setPeerPacketSourceAddress(source.getAddress());
        message.setPeerPacketSourcePort(source.getPort());
        if (message instanceof SIPRequest request) {
            processRequest(request);
        } else {
            processResponse((SIPResponse) message);
        }
    }

    private void processRequest(SIPRequest request) {
        SIPResponse refusal = DialogDuties.refusal(stack, request);
        ServerRequestInterface handler = stack.newSIPServerRequest(request, this);
        if (handler == null) {
            return; // a retransmission of what is being worked on; the stack has answered it
        }
        if (refusal != null && handler instanceof SIPServerTransaction transaction) {
            transaction.setRequestInterface((refused, channel) -> DialogDuties.refuse(stack, transaction, refusal));
        }
        try {
            handler.processRequest(request, this);
        } finally {
            if (handler instanceof SIPTransaction transaction && !transaction.passToListener()) {
                transaction.releaseSem();
            }
        }
    }

    private void processResponse(SIPResponse response) {
        try {
            response.checkHeaders();
        } catch (ParseException e) {
            return; // RFC 3261 section 18.1.2: a response that cannot be matched is dropped
        }
        if (response.getFromTag() == null) {
            return; // all our requests have one
        }
        ServerResponseInterface handler = stack.newSIPServerResponse(response, this);
        if (handler == null) {
            return;
        }
        try {
            if (!(handler instanceof SIPClientTransaction client) || client.checkFromTag(response)) {
                handler.processResponse(response, this);
            }
        } finally {
            if (handler instanceof SIPTransaction transaction && !transaction.passToListener()) {
                transaction.releaseSem();
            }
        }
    }

    private void answer(SIPRequest request, int status) {
        if (Request.ACK.equals(request.getMethod())) {
            return; // an ACK has no response
        }
        Incoming.markSource(request, source());
        answer(request.createResponse(status).encodeAsBytes(getTransport()));
    }

    private void refuse(byte[] bytes) {
        wire.rejected(Reject.UNPARSABLE, source(), "a SIP message that cannot be parsed");
        byte[] response = PlainAnswer.badRequest(bytes, source());
        if (response != null) {
            answer(response);
        }
    }

    private void answer(byte[] response) {
        try {
            reply(response);
        } catch (IOException e) {
            wire.peerFailed(source(), e);
        }
    }

    @Override
    public final void handleException(
            ParseException failure,
            SIPMessage message,
            @SuppressWarnings("rawtypes") Class headerClass,
            String header,
            String text)
            throws ParseException {
        if (headerClass != null && Incoming.MANDATORY.contains(headerClass)) {
            throw failure;
        }
        message.addUnparsed(header); // RFC 3261 section 16.3: headers not needed are not a reason to refuse
    }

    // ---- out ----

    @Override
    public void sendMessage(SIPMessage message) throws IOException {
        send(message, getPeerInetAddress(), getPeerPort());
    }

    @Override
    public final void sendMessage(SIPMessage message, Hop hop) throws IOException {
        send(message, IpLiteral.parse(hop.getHost()), hop.getPort());
    }

    @Override
    public final void sendMessage(SIPMessage message, InetAddress address, int port) throws IOException {
        send(message, address, port);
    }

    @Override
    protected final void sendMessage(byte[] bytes, InetAddress address, int port, boolean isRequest)
            throws IOException {
        write(bytes, address, port, null);
    }

    private void send(SIPMessage message, InetAddress address, int port) throws IOException {
        SerialMessageProcessor reaching = SerialTransports.reaching((SerialMessageProcessor) messageProcessor, address);
        if (reaching != messageProcessor) {
            if (substitute == null) {
                substitute = (SerialMessageChannel) reaching.createMessageChannel(address, port);
            }
            substitute.send(message, address, port);
            return;
        }
        outgoing.prepare(message, address);
        deliver(message, address, port);
        message.setRemoteAddress(address);
        message.setRemotePort(port);
        message.setLocalAddress(localAddress());
        message.setLocalPort(getPort());
    }

    /** Encodes and writes a message that is ready. */
    void deliver(SIPMessage message, InetAddress address, int port) throws IOException {
        String transport = message instanceof SIPResponse // which has the Via as it came (RFC 3261 section 8.2.6.2)
                ? message.getTopmostVia().getTransport()
                : getTransport();
        write(CompactNames.in(message, message.encodeAsBytes(transport)), address, port, message);
    }

    // ---- what the stack asks of a channel ----

    @Override
    public final SIPTransactionStack getSIPStack() {
        return stack;
    }

    @Override
    public final boolean isSecure() {
        return messageProcessor.isSecure();
    }

    @Override
    public final String getTransport() {
        return messageProcessor.getTransport().toUpperCase(java.util.Locale.ROOT);
    }

    /** The local end. */
    InetAddress localAddress() {
        return messageProcessor.getIpAddress();
    }

    @Override
    public final String getKey() {
        return getKey(getPeerInetAddress(), getPeerPort(), getTransport());
    }

    @Override
    protected final InetAddress getPeerInetAddress() {
        return source().getAddress();
    }

    @Override
    public final int getPeerPort() {
        return source().getPort();
    }

    @Override
    public final String getPeerAddress() {
        return getPeerInetAddress().getHostAddress();
    }

    @Override
    protected final String getPeerProtocol() {
        return getTransport();
    }

    @Override
    public final InetAddress getPeerPacketSourceAddress() {
        return source().getAddress();
    }

    @Override
    public final int getPeerPacketSourcePort() {
        return source().getPort();
    }

    @Override
    public final String getViaHost() {
        return messageProcessor.getIpAddress().getHostAddress();
    }

    @Override
    public final int getViaPort() {
        return messageProcessor.getPort();
    }
}
