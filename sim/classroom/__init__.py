"""The classroom: rooms in which a class plays at one pace; knows no HTTP.

    Rooms(store)                 the service: what an instructor and a trainee can do (`rooms`)
    Settings, RoomInfo, ...      what is seen of a room, plain data (`model`)

A room is its event log: everything that has happened in it, in order, is in the store before
anybody is told that it has happened, and reading the log again gives the room again.
"""
