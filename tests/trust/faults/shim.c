/* Real faults at chosen system calls: preloaded before libc, armed for one run.
 *
 *     arm("CALL:NUMBER:ACTION")   what to do at the NUMBER-th call of this name, or of any name with "any":
 *         eERRNO   fail with this error (a close closes nevertheless, as Linux does)
 *         sSIGNAL  be sent this signal first
 *         lost     report a write as done, and write nothing
 *         short    write one byte, and say so
 *         none     nothing; the calls are counted
 *     shuffle(1)                  folders list their names backwards
 *     record(DESCRIPTOR)          one line for each call: its name, and the path or the number of the file
 *     counted()                   how many calls there were
 */
#define _GNU_SOURCE
#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <unistd.h>

static char chosen[32], action[16];
static long number, seen, total;
static int armed, recording = -1, shuffling;

void arm(const char *plan)
{
    armed = sscanf(plan, "%31[^:]:%ld:%15s", chosen, &number, action) == 3;
    seen = total = 0;
}

long counted(void) { return total; }
void record(int descriptor) { recording = descriptor; }
void shuffle(int on) { shuffling = on; }

#define REAL(name) ((__typeof__(&name)) dlsym(RTLD_NEXT, #name))

/* Returns 0 to go on, the error to fail with, or -1 for a write of its own kind. */
static int due(const char *call, const char *path, int descriptor)
{
    if (!armed)
        return 0;
    total++;
    if (recording >= 0) {
        char line[512];
        int length = path ? snprintf(line, sizeof line, "%s %s\n", call, path)
                          : snprintf(line, sizeof line, "%s %d\n", call, descriptor);
        ssize_t (*out)(int, const void *, size_t) = REAL(write);
        if (out(recording, line, (size_t) length) < 0)
            abort();
    }
    if (strcmp(chosen, "any") && strcmp(chosen, call))
        return 0;
    if (++seen != number)
        return 0;
    if (action[0] == 'e')
        return atoi(action + 1);
    if (!strcmp(action, "lost") || !strcmp(action, "short"))
        return -1;
    if (action[0] == 's')
        raise(atoi(action + 1));
    return 0;
}

#define FAIL_IF_DUE(call, path, descriptor)                                                                           \
    do {                                                                                                               \
        int error = due(call, path, descriptor);                                                                       \
        if (error > 0) {                                                                                               \
            errno = error;                                                                                             \
            return -1;                                                                                                 \
        }                                                                                                              \
    } while (0)

ssize_t write(int descriptor, const void *bytes, size_t size)
{
    int error = due("write", NULL, descriptor);
    if (error > 0) {
        errno = error;
        return -1;
    }
    if (error < 0 && !strcmp(action, "lost"))
        return (ssize_t) size;
    return REAL(write)(descriptor, bytes, error < 0 && size > 1 ? 1 : size);
}

int close(int descriptor)
{
    int error = due("close", NULL, descriptor), result = REAL(close)(descriptor);
    if (error <= 0)
        return result;
    errno = error;
    return -1;
}

ssize_t read(int descriptor, void *bytes, size_t size)
{
    FAIL_IF_DUE("read", NULL, descriptor);
    return REAL(read)(descriptor, bytes, size);
}

int fsync(int descriptor)
{
    FAIL_IF_DUE("fsync", NULL, descriptor);
    return REAL(fsync)(descriptor);
}

int fchmod(int descriptor, mode_t mode)
{
    FAIL_IF_DUE("fchmod", NULL, descriptor);
    return REAL(fchmod)(descriptor, mode);
}

#define OPENING(name)                                                                                                  \
    int name(const char *path, int flags, ...)                                                                         \
    {                                                                                                                  \
        va_list rest;                                                                                                  \
        va_start(rest, flags);                                                                                         \
        mode_t mode = flags & O_CREAT ? va_arg(rest, mode_t) : 0;                                                      \
        va_end(rest);                                                                                                  \
        FAIL_IF_DUE("open", path, 0);                                                                                  \
        return REAL(name)(path, flags, mode);                                                                          \
    }
OPENING(open)
OPENING(open64)

#define OPENING_AT(name)                                                                                               \
    int name(int folder, const char *path, int flags, ...)                                                             \
    {                                                                                                                  \
        va_list rest;                                                                                                  \
        va_start(rest, flags);                                                                                         \
        mode_t mode = flags & O_CREAT ? va_arg(rest, mode_t) : 0;                                                      \
        va_end(rest);                                                                                                  \
        FAIL_IF_DUE("open", path, 0);                                                                                  \
        return REAL(name)(folder, path, flags, mode);                                                                  \
    }
OPENING_AT(openat)
OPENING_AT(openat64)

#define ON_PATH(name, call, parameters, arguments)                                                                     \
    int name parameters                                                                                                \
    {                                                                                                                  \
        FAIL_IF_DUE(call, path, 0);                                                                                    \
        return REAL(name) arguments;                                                                                   \
    }
ON_PATH(mkdir, "mkdir", (const char *path, mode_t mode), (path, mode))
ON_PATH(mkdirat, "mkdir", (int folder, const char *path, mode_t mode), (folder, path, mode))
ON_PATH(unlink, "unlink", (const char *path), (path))
ON_PATH(unlinkat, "unlink", (int folder, const char *path, int flags), (folder, path, flags))
ON_PATH(rmdir, "rmdir", (const char *path), (path))
ON_PATH(chmod, "chmod", (const char *path, mode_t mode), (path, mode))
ON_PATH(rename, "rename", (const char *path, const char *to), (path, to))
ON_PATH(renameat, "rename", (int folder, const char *path, int other, const char *to), (folder, path, other, to))

#define MOST 4096
static struct {
    DIR *stream;
    struct dirent64 names[MOST];
    int left;
} listing;

/* One listing at a time is turned round; a nested one would be another stream, and is left as it is. */
static struct dirent64 *next(DIR *stream, struct dirent64 *(*real)(DIR *))
{
    if (!shuffling || (listing.stream && listing.stream != stream))
        return real(stream);
    if (!listing.stream) {
        struct dirent64 *found;
        listing.stream = stream;
        for (listing.left = 0; listing.left < MOST && (found = real(stream)); listing.left++)
            listing.names[listing.left] = *found;
    }
    if (listing.left)
        return &listing.names[--listing.left];
    listing.stream = NULL;
    return NULL;
}

struct dirent64 *readdir64(DIR *stream) { return next(stream, REAL(readdir64)); }
struct dirent *readdir(DIR *stream)
{
    return (struct dirent *) next(stream, (struct dirent64 * (*) (DIR *) ) REAL(readdir));
}
