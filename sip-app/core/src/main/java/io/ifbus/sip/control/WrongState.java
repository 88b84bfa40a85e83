// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.control;

import io.ifbus.sip.call.Operation;
import java.util.List;
import java.util.stream.Collectors;

/** The call is in a state in which that cannot be asked of it. */
public final class WrongState extends Refusal {
    private final String state;
    private final List<String> allowed;

    WrongState(CallSnapshot call, Operation wanted) {
        this(
                call,
                "'" + wanted.word() + "' is not possible while the call is "
                        + call.state().word() + "; possible: " + words(call));
    }

    WrongState(CallSnapshot call, String why) {
        super(new Verdict(Verdict.Fault.CLIENT, "wrong-state", false), why);
        this.state = call.state().word();
        this.allowed = call.allowed().stream().map(Operation::word).sorted().toList();
    }

    private static String words(CallSnapshot call) {
        return call.allowed().stream().map(Operation::word).sorted().collect(Collectors.joining(", "));
    }

    /** The state's name in JSON. */
    public String state() {
        return state;
    }

    /** The names of the operations that are possible. */
    public List<String> allowed() {
        return allowed;
    }
}
