// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.tests.flows;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A sequence diagram in which the answer to anything but an INVITE follows what it answers, so that it does not depend on
 * how fast a machine is in which order the two of them and other messages were seen.
 *
 * @param lines in Mermaid's language
 */
record Diagram(List<String> lines) {

    private static final Pattern MESSAGE = Pattern.compile(" +(\\w+)(--?(?:>>|x))(\\w+): (.*)");

    static Diagram of(String mermaid) {
        List<String> lines = new ArrayList<>();
        for (String line : mermaid.lines().toList()) lines.add(place(lines, line), line);
        return new Diagram(lines);
    }

    /** Behind the first request that it answers and that has no answer yet, or at the end. */
    private static int place(List<String> lines, String line) {
        Matcher answer = MESSAGE.matcher(line);
        if (!answer.matches() || !answer.group(2).startsWith("--")) return lines.size();
        String method = answer.group(4).replaceFirst("^.*?([A-Z]+)( \\(.*\\))?$", "$1");
        for (int i = 0; i < lines.size(); i++) {
            boolean open = i + 1 == lines.size() || !isOfKind(lines.get(i + 1), answer, "-->>", ".*\\b" + method);
            String back = "    " + answer.group(3) + "->>" + answer.group(1) + ": " + method;
            if (open && lines.get(i).matches(Pattern.quote(back) + "( .*)?")) return i + 1;
        }
        return lines.size();
    }

    private static boolean isOfKind(String line, Matcher like, String arrow, String text) {
        Matcher message = MESSAGE.matcher(line);
        return message.matches()
                && message.group(1).equals(like.group(1))
                && message.group(2).equals(arrow)
                && message.group(3).equals(like.group(3))
                && message.group(4).matches(text + "( \\(.*\\))?");
    }

    /**
     * What each two participants said to each other, in its order. Diagrams in which that is the same show the same: what
     * two say is in no order with what others say meanwhile.
     */
    Map<String, List<String>> talks() {
        Map<String, List<String>> talks = new TreeMap<>();
        for (String line : lines) {
            Matcher message = MESSAGE.matcher(line);
            if (!message.matches()) continue;
            String between =
                    Stream.of(message.group(1), message.group(3)).sorted().collect(Collectors.joining(" and "));
            talks.computeIfAbsent(between, key -> new ArrayList<>()).add(line.trim());
        }
        return talks;
    }

    @Override
    public String toString() {
        return String.join("\n", lines) + "\n";
    }
}
