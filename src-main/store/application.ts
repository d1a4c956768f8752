/** "HopS" in ASCII: bytes 68–71 of the header of every project file (SQLite file format §1.3.15). */
export const applicationId = 0x486f7053;
