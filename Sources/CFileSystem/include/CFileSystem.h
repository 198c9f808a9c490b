// What Swift's view of the C library lacks.
#ifndef GOUTONG_CFILESYSTEM_H
#define GOUTONG_CFILESYSTEM_H

#include <stdbool.h>
#include <stdint.h>

// What the file system says of a file.
//
// Swift ascribes `struct stat` to whichever of several C modules it read first, and hides the members from files
// that do not import that one: a build failed or passed by chance. This one has one owner.
typedef struct {
    bool isFile;
    bool isFolder;
    // The permission bits alone.
    uint32_t mode;
    uint32_t owner;
    uint32_t group;
    // Two paths with equal devices and inodes are one file.
    uint64_t device;
    uint64_t inode;
    // Bytes.
    int64_t size;
    // Of the last writing, seconds since 1970.
    int64_t written;
} FileFacts;

// false, with errno, where nothing is there or where the caller may not look.
bool goutong_read_facts(FileFacts *facts, const char *path, bool followingLinks)
    __attribute__((swift_name("FileFacts.read(self:_:followingLinks:)")));
bool goutong_read_descriptor_facts(FileFacts *facts, int descriptor)
    __attribute__((swift_name("FileFacts.read(self:descriptor:)")));

// Lets two paths change places in one step. 0, or -1 with errno where the file system cannot.
int goutong_exchange(const char *one, const char *other);

#endif
