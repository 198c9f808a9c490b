#define _GNU_SOURCE
#include "CFileSystem.h"

#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>

static bool take(FileFacts *facts, int result, const struct stat *status) {
    if (result != 0)
        return false;
    *facts = (FileFacts){
        .isFile = S_ISREG(status->st_mode),
        .isFolder = S_ISDIR(status->st_mode),
        .mode = status->st_mode & 07777,
        .owner = status->st_uid,
        .group = status->st_gid,
        .device = status->st_dev,
        .inode = status->st_ino,
        .size = status->st_size,
        .written = status->st_mtim.tv_sec,
    };
    return true;
}

bool goutong_read_facts(FileFacts *facts, const char *path, bool followingLinks) {
    struct stat status;
    return take(facts, followingLinks ? stat(path, &status) : lstat(path, &status), &status);
}

bool goutong_read_descriptor_facts(FileFacts *facts, int descriptor) {
    struct stat status;
    return take(facts, fstat(descriptor, &status), &status);
}

int goutong_exchange(const char *one, const char *other) {
    return renameat2(AT_FDCWD, one, AT_FDCWD, other, RENAME_EXCHANGE);
}
