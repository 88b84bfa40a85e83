// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.platform.cdr;

import io.ifbus.sip.cdr.Cdr;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.LongStream;

/** A process that appends to the store until somebody kills it, and tells of each record that was taken. */
final class AppendUntilKilled {

    private AppendUntilKilled() {}

    public static void main(String[] directory) {
        H2CdrStore store = new H2CdrStore(Path.of(directory[0]));
        for (long n = 0; true; n++) {
            List<Cdr> records =
                    LongStream.rangeClosed(0, n % 40).mapToObj(Cdrs::ended).toList();
            store.append(records);
            records.forEach(record -> System.out.println(record.callId().bare()));
            System.out.flush();
        }
    }
}
