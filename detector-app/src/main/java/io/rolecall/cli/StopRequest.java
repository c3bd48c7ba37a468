package io.rolecall.cli;

import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Ctrl-C or SIGTERM while a command runs that wants to end in order: the command is told, returns, and the process ends with its exit
 * code, where the JVM by itself would say 130 or 143 after a clean stop. A second signal ends the process at once.
 *
 * <p>Signals are handled through {@code sun.misc.Signal} of the module {@code jdk.unsupported}, by reflection because the compiler
 * refuses to name it quietly. A shutdown hook would not do: it can only halt, which leaves the temporary files of
 * the process to the next start.
 */
final class StopRequest {

    private static final List<String> SIGNALS = List.of("INT", "TERM");

    /** A command that ends in order; closing it gives signals their usual effect back. */
    interface Registration extends AutoCloseable {

        @Override
        void close();
    }

    private StopRequest() {}

    /**
     * Registers what is to be done when a stop is requested.
     *
     * @param stop makes the running command return; called once, on a thread of its own
     */
    static Registration onRequest(Runnable stop) {
        AtomicBoolean requested = new AtomicBoolean();
        List<Runnable> restore = new ArrayList<>();
        Registration registration = () -> restore.forEach(Runnable::run);
        try {
            for (String name : SIGNALS) {
                restore.add(handle(name, () -> {
                    registration.close();
                    if (requested.compareAndSet(false, true)) {
                        new Thread(stop, "rolecall-stop").start();
                    }
                }));
            }
        } catch (ReflectiveOperationException e) {
            // Another JVM, or one that was told to leave signals alone (-Xrs): then its way of ending is all there is.
            Thread hook = new Thread(stop, "rolecall-stop");
            Runtime.getRuntime().addShutdownHook(hook);
        }
        return registration;
    }

    /** Handles one signal from now on; what is returned gives it back to its former handler. */
    private static Runnable handle(String name, Runnable action) throws ReflectiveOperationException {
        Class<?> signalType = Class.forName("sun.misc.Signal");
        Class<?> handlerType = Class.forName("sun.misc.SignalHandler");
        Object handler = Proxy.newProxyInstance(
                StopRequest.class.getClassLoader(), new Class<?>[] {handlerType}, (proxy, method, arguments) -> {
                    if (method.getName().equals("handle")) {
                        action.run();
                    }
                    return method.getReturnType() == int.class ? System.identityHashCode(proxy) : null;
                });
        Method handle = signalType.getMethod("handle", signalType, handlerType);
        Object signal = signalType.getConstructor(String.class).newInstance(name);
        Object former = handle.invoke(null, signal, handler);
        return () -> {
            try {
                handle.invoke(null, signal, former);
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException("What was handled once can be handled again", e);
            }
        };
    }
}
