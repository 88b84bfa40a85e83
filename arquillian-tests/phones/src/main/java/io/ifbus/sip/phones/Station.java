// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.phones;

import static java.nio.charset.StandardCharsets.UTF_8;

import gov.nist.javax.sip.DialogTimeoutEvent;
import gov.nist.javax.sip.SipListenerExt;
import gov.nist.javax.sip.SipStackImpl;
import gov.nist.javax.sip.message.SIPMessage;
import gov.nist.javax.sip.parser.StringMsgParser;
import gov.nist.javax.sip.stack.HopImpl;
import java.io.IOException;
import java.text.ParseException;
import java.util.Properties;
import java.util.TooManyListenersException;
import java.util.UUID;
import javax.sip.ClientTransaction;
import javax.sip.Dialog;
import javax.sip.DialogTerminatedEvent;
import javax.sip.IOExceptionEvent;
import javax.sip.InvalidArgumentException;
import javax.sip.ListeningPoint;
import javax.sip.ObjectInUseException;
import javax.sip.RequestEvent;
import javax.sip.ResponseEvent;
import javax.sip.ServerTransaction;
import javax.sip.SipException;
import javax.sip.SipProvider;
import javax.sip.TimeoutEvent;
import javax.sip.TransactionAlreadyExistsException;
import javax.sip.TransactionTerminatedEvent;
import javax.sip.TransactionUnavailableException;
import javax.sip.address.Hop;
import javax.sip.message.Request;
import javax.sip.message.Response;

/** One JAIN-SIP stack on one loopback port, UDP and TCP; hands what it hears to the line, in order. */
final class Station implements SipListenerExt, AutoCloseable {

    static final String ADDRESS = "127.0.0.1";
    private static final int TRIES = 5;
    private static final String RI = "gov.nist.javax.sip.";

    /** Who deals with what was heard; called on the line's thread. */
    interface Receiver {
        /**
         * @param transaction null for an ACK
         * @param dialog null outside of one
         */
        void request(Request request, ServerTransaction transaction, Dialog dialog) throws Exception;

        void response(Response response, Dialog dialog) throws Exception;

        void timeout(Request request) throws Exception;

        void unacknowledged(Dialog dialog) throws Exception;
    }

    private final Line line;
    private final Receiver receiver;
    private final SipStackImpl stack;
    private final SipProvider provider;
    private final String stackName;
    private final int port;

    /**
     * @param wantedPort 0 for any free one
     * @throws IllegalStateException if no port could be opened
     */
    Station(String name, int wantedPort, Trace trace, Line line, Receiver receiver) {
        this.line = line;
        this.receiver = receiver;
        stackName = name + "-" + UUID.randomUUID();
        trace.register(stackName);
        try {
            stack = new SipStackImpl(properties(stackName));
            provider = open(wantedPort);
            port = provider.getListeningPoint(ListeningPoint.UDP).getPort();
            provider.addSipListener(this);
            stack.start();
        } catch (SipException | IOException | TooManyListenersException e) {
            Trace.unregister(stackName);
            throw new IllegalStateException("cannot start phone " + name, e);
        }
    }

    private static Properties properties(String stackName) {
        Properties properties = new Properties();
        properties.setProperty("javax.sip.STACK_NAME", stackName);
        properties.setProperty(RI + "STACK_LOGGER", QuietLog.class.getName());
        properties.setProperty(RI + "SERVER_LOGGER", SentMessages.class.getName());
        properties.setProperty(RI + "SIP_MESSAGE_VALVE", ReceivedMessages.class.getName());
        // One reader keeps the order in which messages arrived.
        properties.setProperty(RI + "THREAD_POOL_SIZE", "1");
        properties.setProperty(RI + "REENTRANT_LISTENER", "true");
        properties.setProperty(RI + "RECEIVE_UDP_BUFFER_SIZE", "1048576");
        properties.setProperty(RI + "SEND_UDP_BUFFER_SIZE", "1048576");
        return properties;
    }

    private SipProvider open(int wantedPort) throws SipException, IOException {
        for (int attempt = 1; ; attempt++) {
            int candidate = wantedPort == 0 ? Ports.freeForSip() : wantedPort;
            try {
                ListeningPoint udp = stack.createListeningPoint(ADDRESS, candidate, ListeningPoint.UDP);
                SipProvider opened = stack.createSipProvider(udp);
                opened.addListeningPoint(stack.createListeningPoint(ADDRESS, candidate, ListeningPoint.TCP));
                return opened;
            } catch (InvalidArgumentException e) {
                // Somebody took the port between our look and our bind.
                if (wantedPort != 0 || attempt == TRIES) throw new IOException("port " + candidate + " is taken", e);
            }
        }
    }

    int port() {
        return port;
    }

    SipProvider provider() {
        return provider;
    }

    /** Sends a request that starts a dialog or stands alone. */
    ClientTransaction send(Request request) throws SipException {
        ClientTransaction transaction = provider.getNewClientTransaction(request);
        transaction.sendRequest();
        return transaction;
    }

    ClientTransaction send(Dialog dialog, Request request) throws SipException {
        ClientTransaction transaction = provider.getNewClientTransaction(request);
        dialog.sendRequest(transaction);
        return transaction;
    }

    /** Puts a message on the wire by UDP, past all transactions. @param to address and port */
    void sendAgain(String to, String text) throws IOException, ParseException {
        int colon = to.lastIndexOf(':');
        Hop hop = new HopImpl(to.substring(0, colon), Integer.parseInt(to.substring(colon + 1)), ListeningPoint.UDP);
        SIPMessage message = new StringMsgParser().parseSIPMessage(text.getBytes(UTF_8), true, false, null);
        stack.createRawMessageChannel(ADDRESS, port, hop).sendMessage(message);
    }

    @Override
    public void processRequest(RequestEvent event) {
        Request request = event.getRequest();
        ServerTransaction transaction = event.getServerTransaction();
        boolean needsTransaction = transaction == null && !Request.ACK.equals(request.getMethod());
        try {
            // Here and not on the line: a copy of the request may be next in the socket.
            ServerTransaction used = needsTransaction ? provider.getNewServerTransaction(request) : transaction;
            Dialog dialog = event.getDialog() == null && used != null ? used.getDialog() : event.getDialog();
            line.enqueue(() -> receiver.request(request, used, dialog));
        } catch (TransactionAlreadyExistsException e) {
            return; // a retransmission: the transaction answers it
        } catch (TransactionUnavailableException e) {
            line.enqueue(() -> {
                throw e;
            });
        }
    }

    @Override
    public void processResponse(ResponseEvent event) {
        ClientTransaction transaction = event.getClientTransaction();
        Dialog dialog = event.getDialog() == null && transaction != null ? transaction.getDialog() : event.getDialog();
        line.enqueue(() -> receiver.response(event.getResponse(), dialog));
    }

    @Override
    public void processTimeout(TimeoutEvent event) {
        if (event.isServerTransaction()) return; // of a 2xx without ACK the dialog tells us
        line.enqueue(() -> receiver.timeout(event.getClientTransaction().getRequest()));
    }

    @Override
    public void processDialogTimeout(DialogTimeoutEvent event) {
        if (event.getReason() == DialogTimeoutEvent.Reason.AckNotReceived)
            line.enqueue(() -> receiver.unacknowledged(event.getDialog()));
    }

    @Override
    public void processIOException(IOExceptionEvent event) {
        line.enqueue(() -> {
            throw new IOException("cannot send to " + event.getHost() + ":" + event.getPort());
        });
    }

    @Override
    public void processTransactionTerminated(TransactionTerminatedEvent event) {}

    @Override
    public void processDialogTerminated(DialogTerminatedEvent event) {}

    /** Closes the sockets now; the stack, which takes a second to wind up, follows by itself. */
    @Override
    public void close() {
        Trace.unregister(stackName);
        for (ListeningPoint point : provider.getListeningPoints()) {
            try {
                stack.deleteListeningPoint(point);
            } catch (ObjectInUseException e) {
                throw new IllegalStateException(e); // cannot be: the stack never says so
            }
        }
        Thread windUp = new Thread(stack::stop, "winding up " + stackName);
        windUp.setDaemon(true);
        windUp.start();
    }
}
