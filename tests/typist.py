"""Runs a command at a terminal of its own and types what it is told, each time when what it waits for has been shown.
Usage: python3 typist.py STEPS COMMAND...      STEPS: JSON, a list of [shown, typed]; typed null hangs up
Prints all that was shown. Exits with the command's code (128 and the signal that killed it), or with 90 if something
was never shown, or with 91 if the terminal was left in another mode than it was found in."""
import fcntl, json, os, pty, select, signal, struct, sys, termios, time

PATIENCE = 60  # seconds
steps, command = json.loads(sys.argv[1]), sys.argv[2:]
ours, theirs = pty.openpty()
fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 50, 80, 0, 0))
mode = termios.tcgetattr(theirs)
child = os.fork()
if child == 0:
    os.setsid()
    fcntl.ioctl(theirs, termios.TIOCSCTTY, 0)
    for stream in range(3):
        os.dup2(theirs, stream)
    os.closerange(3, 64)
    os.execvp(command[0], command)

seen, looked, status = b"", 0, None
until = time.monotonic() + PATIENCE


def look():
    """Takes in what is shown within a moment; False when nothing was and the command has ended."""
    global seen, status
    if select.select([ours], [], [], 0.02)[0]:
        seen += os.read(ours, 65536)
        return True
    if status is None:
        ended, said = os.waitpid(child, os.WNOHANG)
        status = said if ended else None
    return status is None


def end(code, why=""):
    sys.stdout.buffer.write(seen)
    sys.stdout.buffer.flush()
    sys.exit(why or code)


for shown, typed in steps:
    shown = shown.encode()
    while shown not in seen[looked:]:
        if not look() or time.monotonic() > until:
            os.kill(child, signal.SIGKILL) if status is None else None
            end(90, "never shown: " + shown.decode())
    looked = seen.index(shown, looked) + len(shown)
    if typed is None:
        os.close(ours)
        os.close(theirs)
        while status is None:
            ended, said = os.waitpid(child, os.WNOHANG)
            status = said if ended else None
            if time.monotonic() > until:
                os.kill(child, signal.SIGKILL)
                end(90, "it did not end when the terminal was gone")
            time.sleep(0.02)
        break
    os.write(ours, typed.encode())
else:
    while look():
        if time.monotonic() > until:
            os.kill(child, signal.SIGKILL)
            end(90, "it did not end")
    if termios.tcgetattr(theirs) != mode:
        end(91)
end(128 + os.WTERMSIG(status) if os.WIFSIGNALED(status) else os.WEXITSTATUS(status))
