// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.tests.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;

/** CPU time of processes and of the whole machine, from /proc, in seconds. */
final class ProcessCost {
    private static final double TICKS_PER_SECOND = 100; // USER_HZ, fixed for user space

    private ProcessCost() {}

    /** What these processes have used so far, their threads included. */
    static double seconds(Collection<Long> pids) {
        return pids.stream().mapToDouble(ProcessCost::seconds).sum();
    }

    private static double seconds(long pid) {
        String stat = read("/proc/" + pid + "/stat");
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" "); // the first is field 3
        return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / TICKS_PER_SECOND;
    }

    /** What all processes of the machine have used so far. */
    static double machineSeconds() {
        String[] fields = read("/proc/stat").lines().findFirst().orElseThrow().split(" +");
        long busy = 0;
        for (int i : new int[] {1, 2, 3, 6, 7}) {
            busy += Long.parseLong(fields[i]); // user, nice, system, irq, softirq
        }
        return busy / TICKS_PER_SECOND;
    }

    private static String read(String file) {
        try {
            return Files.readString(Path.of(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
