"""A seat in a class, played from this program: the server decides, and the game is computed here.

    entrance = Entrance(address_of("192.168.1.20:8000"), "ABC234")
    door = entrance.look()                    what the room asks for
    place = entrance.join(label="Ada")        the seat, remembered in the user's folder
    case = entrance.case()                    the scenario, fetched where this program has another
    seat = Seat(place); seat.start()          kept up by threads of its own; nothing of it waits

No luck is known here before the turn that it belongs to has been played; see `sim.play.told_luck`.
"""
