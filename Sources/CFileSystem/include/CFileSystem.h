// What Swift's view of the C library lacks.
#ifndef GOUTONG_CFILESYSTEM_H
#define GOUTONG_CFILESYSTEM_H

// Lets two paths change places in one step. 0, or -1 with errno where the file system cannot.
int goutong_exchange(const char *one, const char *other);

#endif
