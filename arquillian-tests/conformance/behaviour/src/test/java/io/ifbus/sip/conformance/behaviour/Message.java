// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.conformance.behaviour;

import io.ifbus.sip.container.RawPeer;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One SIP message as it was on the wire.
 *
 * @param at when it was heard or sent, by {@link System#nanoTime}
 */
record Message(String text, long at) {
    private static final Pattern TAG = Pattern.compile(";tag=([^;\\s]+)");

    boolean isRequest() {
        return !text.startsWith("SIP/2.0 ");
    }

    /** The method of a request, or of the request that a response answers. */
    String method() {
        return isRequest()
                ? text.substring(0, text.indexOf(' '))
                : header("CSeq").split("\\s+")[1];
    }

    /** 0 for a request. */
    int status() {
        return isRequest() ? 0 : Integer.parseInt(text.substring(8, 11));
    }

    String requestUri() {
        return text.split(" ", 3)[1];
    }

    int cseq() {
        return Integer.parseInt(header("CSeq").split("\\s+")[0]);
    }

    String callId() {
        return header("Call-ID");
    }

    String fromTag() {
        return tag(header("From"));
    }

    /** Null when it has none. */
    String toTag() {
        return tag(header("To"));
    }

    private static String tag(String address) {
        Matcher matcher = TAG.matcher(address);
        return matcher.find() ? matcher.group(1) : null;
    }

    String branch() {
        Matcher matcher = Pattern.compile("branch=([^;,\\s]+)").matcher(header("Via"));
        return matcher.find() ? matcher.group(1) : "";
    }

    /** The first header of that name, or null. */
    String header(String name) {
        return RawPeer.header(head(), name);
    }

    /** Every value of that header, from the top; lists in one line are taken apart. */
    List<String> headers(String name) {
        List<String> values = new ArrayList<>();
        Matcher matcher =
                Pattern.compile("(?im)^" + name + "[ \t]*:[ \t]*(.*?)\r?$").matcher(head());
        while (matcher.find()) {
            for (String value : matcher.group(1).split(",(?=(?:[^\"<>]|\"[^\"]*\"|<[^>]*>)*$)")) {
                values.add(value.trim());
            }
        }
        return values;
    }

    /** The URI inside the angle brackets of the first header of that name. */
    String uri(String name) {
        return uriOf(header(name));
    }

    static String uriOf(String address) {
        return address.contains("<") ? address.replaceAll("^.*?<|>.*$", "") : address.replaceAll(";.*$", "");
    }

    String body() {
        int end = text.indexOf("\r\n\r\n");
        return end < 0 ? "" : text.substring(end + 4);
    }

    private String head() {
        return text.split("\r\n\r\n", 2)[0];
    }

    @Override
    public String toString() {
        return text.split("\r\n", 2)[0] + " [" + header("CSeq") + "]";
    }
}
