// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.phones;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A real call between two built-in phones, made and ended by the REST API, with audio both ways. */
public final class Demo {

    private static final double ALICE_HZ = 440;
    private static final double BOB_HZ = 660;
    private static final Duration ANSWER_AFTER = Duration.ofSeconds(1);
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final Duration POLL = Duration.ofMillis(100);

    private final DemoOptions options;
    private final PrintStream out;
    private final Instant start = Instant.now();
    private final CompletableFuture<Void> bothHeard = new CompletableFuture<>();
    private final CompletableFuture<String> terminated = new CompletableFuture<>();

    // Touched by the poller only.
    private String lastState = "";
    private boolean aliceHeard;
    private boolean bobHeard;

    private Demo(DemoOptions options, PrintStream out) {
        this.options = options;
        this.out = out;
    }

    public static void main(String[] arguments) {
        System.exit(run(List.of(arguments), System.out));
    }

    /** @return the exit status */
    static int run(List<String> arguments, PrintStream out) {
        try {
            Optional<DemoOptions> options = DemoOptions.parse(arguments);
            if (options.isEmpty()) out.print(DemoOptions.USAGE);
            else new Demo(options.get(), out).play();
            return 0;
        } catch (IllegalArgumentException e) {
            out.println(e.getMessage() + "\n\n" + DemoOptions.USAGE);
        } catch (IOException | IllegalStateException | AssertionError e) {
            out.println("\nFAILED: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return 1;
    }

    private void play() throws IOException, InterruptedException {
        if (!Files.isReadable(options.tokenFile())) throw new IOException("cannot read " + options.tokenFile());
        CallsApi api = new CallsApi(
                options.api(), Files.readString(options.tokenFile()).trim());
        ScheduledExecutorService poller = Executors.newSingleThreadScheduledExecutor();
        try (Phone alice = phone("alice", ALICE_HZ);
                Phone bob = phone("bob", BOB_HZ)) {
            String id = api.connect(alice.uri(), bob.uri());
            say("call " + id + " requested");
            poller.scheduleAtFixedRate(() -> poll(api, id, alice, bob), 0, POLL.toMillis(), TimeUnit.MILLISECONDS);
            try {
                awaitBothHeard(alice, bob);
                awaitTalk();
            } catch (IOException e) {
                hangUpAfter(e, api, id);
                throw e;
            }
            say("hanging up: DELETE /v1/calls/" + id);
            api.hangUp(id);
            alice.hears("BYE");
            bob.hears("BYE");
            awaitTerminated();
            summary(alice, bob);
        } finally {
            poller.shutdownNow();
        }
    }

    private static void hangUpAfter(IOException failure, CallsApi api, String id) throws InterruptedException {
        try {
            api.hangUp(id);
        } catch (IOException e) {
            failure.addSuppressed(e);
        }
    }

    private Phone phone(String name, double toneHz) {
        PhoneBuilder builder = Phone.named(name).tone(toneHz);
        Phone phone = (options.tcp() ? builder.overTcp() : builder).switchedOn();
        phone.automatically(new Autopilot.Answers(ANSWER_AFTER));
        phone.on("INVITE", call -> {
            if (call.state() == PhoneCall.State.INCOMING) say(name + " rings");
            else say(name + " is told where to send its audio");
        });
        phone.on("ACK", call -> say(name + " is connected"));
        phone.on("CANCEL", call -> say(name + " stops ringing"));
        phone.on("BYE", call -> say(name + " is hung up"));
        say("%s is at %s and plays %.0f Hz".formatted(name, phone.uri(), toneHz));
        return phone;
    }

    private void poll(CallsApi api, String id, Phone alice, Phone bob) {
        try {
            Map<String, Object> call = api.look(id);
            String state = String.valueOf(call.get("state"));
            if (!state.equals(lastState)) {
                Object reason = call.get("reason");
                say("call is " + state + (reason == null ? "" : " (" + reason + ")"));
                lastState = state;
            }
            aliceHeard = hears(alice, BOB_HZ, aliceHeard);
            bobHeard = hears(bob, ALICE_HZ, bobHeard);
            if (aliceHeard && bobHeard) bothHeard.complete(null);
            if ("terminated".equals(state)) terminated.complete(String.valueOf(call.getOrDefault("reason", "")));
        } catch (IOException | RuntimeException e) {
            bothHeard.completeExceptionally(e);
            terminated.completeExceptionally(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean hears(Phone phone, double frequencyHz, boolean before) {
        boolean now = before
                || phone.allCalls().stream()
                        .flatMap(call -> call.audio().stream())
                        .anyMatch(audio -> audio.heard(frequencyHz));
        if (now && !before) say("%s hears %.0f Hz".formatted(phone.name(), frequencyHz));
        return now;
    }

    private void awaitBothHeard(Phone alice, Phone bob) throws IOException, InterruptedException {
        CompletableFuture<?> first = CompletableFuture.anyOf(bothHeard, terminated);
        try {
            first.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new IOException(
                    "after %d s %s, %s".formatted(LIMIT.toSeconds(), heard(alice, BOB_HZ), heard(bob, ALICE_HZ)), e);
        } catch (ExecutionException e) {
            throw new IOException(e.getCause().getMessage(), e);
        }
        if (!bothHeard.isDone())
            throw new IOException("the call ended before both sides heard the other" + endReason());
    }

    private String endReason() {
        String reason = terminated.join();
        return reason.isEmpty() ? "" : ": " + reason;
    }

    private static String heard(Phone phone, double frequencyHz) {
        long packets = phone.allCalls().stream()
                .flatMap(call -> call.audio().stream())
                .mapToLong(audio -> audio.packetsWith(frequencyHz))
                .sum();
        return "%s heard %d packets of %.0f Hz".formatted(phone.name(), packets, frequencyHz);
    }

    private void awaitTalk() throws IOException, InterruptedException {
        try {
            terminated.get(options.talk().toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            return; // as it should be: still up
        } catch (ExecutionException e) {
            throw new IOException(e.getCause().getMessage(), e);
        }
        throw new IOException("the call ended by itself" + endReason());
    }

    private void awaitTerminated() throws IOException, InterruptedException {
        try {
            terminated.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new IOException("the phones were hung up, but the call did not become terminated", e);
        } catch (ExecutionException e) {
            throw new IOException(e.getCause().getMessage(), e);
        }
    }

    private void summary(Phone alice, Phone bob) {
        out.printf("%nBoth phones heard each other.%n");
        for (Phone phone : List.of(alice, bob)) {
            Audio audio = phone.call().audio().orElseThrow();
            out.printf(
                    "  %-5s sent %d and heard %d packets of audio; %d INVITEs heard, %d of them retransmissions%n",
                    phone.name(),
                    audio.packetsSent(),
                    audio.packetsHeard(),
                    phone.received("INVITE"),
                    phone.inviteRetransmissions());
        }
    }

    private synchronized void say(String what) {
        out.printf("%7.3f s  %s%n", Duration.between(start, Instant.now()).toMillis() / 1000.0, what);
    }
}
