// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.locator;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** A name server on a free port of 127.0.0.1 that knows what it was told. */
final class NameServer implements AutoCloseable {
    private final DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
    private final List<Record> records = new CopyOnWriteArrayList<>();
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private volatile int failing = Rcode.NOERROR;
    private volatile int ignored;
    private volatile String ignoredQuestion = "";

    NameServer() throws IOException {
        Thread thread = new Thread(this::serve, "name-server");
        thread.setDaemon(true);
        thread.start();
    }

    /** Adds {@code "name type data"}, names without a last dot; it may be kept for {@code ttl} seconds. */
    NameServer has(long ttl, String line) throws IOException {
        String[] words = line.split(" ", 3);
        records.add(Record.fromString(
                Name.fromString(words[0], Name.root), Type.value(words[1]), DClass.IN, ttl, words[2], Name.root));
        return this;
    }

    NameServer has(String line) throws IOException {
        return has(60, line);
    }

    /** Leaves that many questions from now on without an answer. */
    void ignore(int questions) {
        ignored = questions;
    }

    /** Answers everything by that code. */
    void fails(int code) {
        failing = code;
    }

    /** Never answers that question, given as "name type". */
    void ignore(String question) {
        ignoredQuestion = question;
    }

    /** What it was asked, as "name type". */
    List<String> asked() {
        return asked;
    }

    InetSocketAddress address() {
        return (InetSocketAddress) socket.getLocalSocketAddress();
    }

    private void serve() {
        byte[] buffer = new byte[4096];
        while (!socket.isClosed()) {
            DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
            try {
                socket.receive(packet);
                Message query = new Message(java.util.Arrays.copyOf(buffer, packet.getLength()));
                String question = query.getQuestion().getName().toString(true) + " "
                        + Type.string(query.getQuestion().getType());
                asked.add(question);
                if (question.equals(ignoredQuestion)) {
                    continue;
                }
                if (ignored > 0) {
                    ignored--;
                    continue;
                }
                byte[] answer = answer(query).toWire(4096);
                socket.send(new DatagramPacket(answer, answer.length, packet.getSocketAddress()));
            } catch (IOException e) {
                if (!socket.isClosed()) {
                    throw new UncheckedIOException(e);
                }
            }
        }
    }

    private Message answer(Message query) {
        Record question = query.getQuestion();
        Message answer = new Message(query.getHeader().getID());
        answer.getHeader().setFlag(Flags.QR);
        answer.getHeader().setFlag(Flags.RA);
        answer.addRecord(question, Section.QUESTION);
        boolean known = false;
        for (Record each : records) {
            boolean same = each.getName().equals(question.getName());
            known |= same;
            if (same && (each.getType() == question.getType() || each.getType() == Type.CNAME)) {
                answer.addRecord(each, Section.ANSWER);
            }
        }
        answer.getHeader().setRcode(failing != Rcode.NOERROR ? failing : known ? Rcode.NOERROR : Rcode.NXDOMAIN);
        return answer;
    }

    @Override
    public void close() {
        socket.close();
    }
}
